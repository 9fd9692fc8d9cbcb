import type { TicketFilter } from '#src/tickets/filter.ts'
import type { Count, Reporter } from '#src/tickets/ticket.ts'
import { erasurePath, ticketPath } from '#views/paths.ts'
import { proven, reporterNames, ticketsText } from './words.ts'

export type ErasurePageProps = {
  organization: { slug: string }
  /** Of the ticket it was begun from. */
  number: number
  filter: TicketFilter
  reporter: Reporter
  tickets: Count
  /** Whether what they wrote is chosen to go too. */
  words: boolean
  /** Whether some of their tickets are done, and these are the rest. */
  isBegun: boolean
}

/** What erasing an end-user takes and what it leaves, before it is done, inside the layout. */
export function ErasurePage(props: ErasurePageProps) {
  const { organization, number, filter, reporter, tickets, words, isBegun } = props
  const path = erasurePath(organization.slug, number, filter)
  const back = ticketPath(organization.slug, number, filter)
  return (
    <div class="page" data-address={path}>
      <header>
        <p class="small">
          <a class="link tap" href={back}>
            Ticket #{number}
          </a>
        </p>
        <h1>Erase this reporter</h1>
        <p class="soft">Their tickets stay, without who raised them. There is no way back.</p>
      </header>
      {isBegun && (
        <p class="note made" role="status">
          Not done yet: {ticketsText(tickets)} left. Press the button again to go on.
        </p>
      )}
      <dl class="sheet-of">
        <Who {...props} />
        <div>
          <dt>Goes</dt>
          <dd>
            Name, e-mail address, issuer and subject, the ids of their sessions, and whether they
            are blocked.
            {reporter.proof === 'signed_in' &&
              ' Also their account at this server, with all its sign-ins: they can sign up anew, as somebody else.'}
          </dd>
        </div>
        <div>
          <dt>Stays</dt>
          <dd>
            Title, description, captured calls and the name of their AI client, unless you choose
            otherwise below. Number, server, category, status, dates, the name of the tool that
            failed, the notes of your colleagues, and the history, to which this erasure is added
            with your name.
          </dd>
        </div>
      </dl>
      <form class="stack" method="post" action={path}>
        <label class="check switch">
          <input type="checkbox" name="words" value="on" checked={words} />
          <span>
            Also erase what they wrote and the captured calls
            <span class="faint small">
              These may tell who they are too. Titles and descriptions become “[erased]”; the calls
              with their arguments and errors, and the name of their AI client, are deleted. What
              the error has in common with tickets of others stays, as the cause of those. Choose
              now: afterwards nothing tells which tickets were theirs.
            </span>
          </span>
        </label>
        <div class="actions start">
          <button class="button danger" type="submit">
            Erase the reporter of {ticketsText(tickets)}
          </button>
          <a class="button" href={back}>
            Cancel
          </a>
        </div>
      </form>
    </div>
  )
}

function Who({ reporter, tickets }: ErasurePageProps) {
  const isAddress = reporter.proof === 'email'
  return (
    <>
      <div>
        <dt>Who</dt>
        <dd>
          {reporterNames(reporter).map((name) => (
            <>
              <bdi>{name}</bdi>
              <br />
            </>
          ))}
          <span class="faint">{proven(reporter)}</span>
        </dd>
      </div>
      <div>
        <dt>From</dt>
        <dd>
          {ticketsText(tickets)}, at every server of the organization:{' '}
          {isAddress ? (
            'all that gave this address without a proof. Anyone can type an address, so they need not be of one person. Tickets of somebody signed in with the same address are left alone.'
          ) : (
            <>
              all of subject <code>{reporter.subject}</code> at <code>{reporter.issuer}</code>.
              Tickets that only gave the same e-mail address, unverified, are left alone: erase
              those from one of them.
            </>
          )}
        </dd>
      </div>
    </>
  )
}
