import { mailHref } from '#src/lib/html/url.ts'
import { utc } from '#src/lib/time.ts'
import type { TicketDetail, TicketEvent } from '#src/tickets/ticket.ts'
import { endUserPath, inboxPath } from '#views/paths.ts'
import type { Fact } from './fold.tsx'
import { countText, isErasable, proofNames, proven } from './words.ts'

type ReporterFactsProps = {
  organization: string
  ticket: TicketDetail
  /** Path to erase the reporter at, for those who may. */
  erasure: string | undefined
  erased: TicketEvent | undefined
}

/** What is known of who raised a ticket, and how far it is proven. */
export function reporterFacts(props: ReporterFactsProps): Fact[] {
  const { organization, ticket, erasure, erased } = props
  const { reporter } = ticket
  if (erased) return [['Identity', <Erased by={erased} />]]
  return [
    ['Name', reporter.name],
    ['E-mail', reporter.email && <Email ticket={ticket} email={reporter.email} />],
    ['Identity', proven(reporter)],
    ['Issuer', reporter.issuer && <code>{reporter.issuer}</code>],
    ['Subject', reporter.subject && <code>{reporter.subject}</code>],
    [
      'Account',
      reporter.proof === 'signed_in' && <SignIns organization={organization} ticket={ticket} />,
    ],
    ['Tickets', ticket.earlier && <Earlier organization={organization} ticket={ticket} />],
    ['Blocked', ticket.isBlocked && `New tickets at ${ticket.server.slug} go to spam`],
    [
      'Privacy',
      erasure && isErasable(reporter) && (
        <a class="link tap" href={erasure}>
          Erase this reporter
        </a>
      ),
    ],
  ]
}

/** An address nobody has verified says so where it stands. */
function Email({ ticket, email }: { ticket: TicketDetail; email: string }) {
  const tag = unverified(ticket)
  return (
    <>
      <a class="link tap" href={mailHref(email)}>
        {email}
      </a>
      {tag && (
        <>
          {' '}
          <span class="tag">{tag}</span>
        </>
      )}
    </>
  )
}

/** Who signed in proved an account, and not that its e-mail is read by them. */
function unverified({ reporter, account }: TicketDetail): string | null {
  if (reporter.proof === 'email') return proofNames.email
  return reporter.proof === 'signed_in' && !account?.emailVerified ? 'not verified' : null
}

/** Where they are signed in now, which is ended from the end-user's page. */
function SignIns({ organization, ticket }: { organization: string; ticket: TicketDetail }) {
  const { account, reporter, server } = ticket
  if (!account || !reporter.subject) return <>Deleted</>
  const n = account.signIns === 1 ? '1 sign-in' : `${account.signIns} sign-ins`
  if (server.auth !== 'platform') return <>{n}</>
  return (
    <a class="link" href={endUserPath(organization, server.slug, reporter.subject)}>
      {n}
    </a>
  )
}

function Earlier({ organization, ticket }: { organization: string; ticket: TicketDetail }) {
  const { count, active } = ticket.earlier ?? { count: { n: 0, more: false }, active: 0 }
  if (count.n === 0) return <>No earlier ones</>
  const status = active > 0 ? 'active' : 'closed'
  const tickets = count.n === 1 ? 'earlier ticket' : 'earlier tickets'
  return (
    <>
      <a class="link" href={inboxPath(organization, { status, reporter: ticket.number })}>
        {countText(count)} {tickets}
      </a>
      {!count.more && `, ${stillActive(count.n, active)}`}
    </>
  )
}

function stillActive(n: number, active: number): string {
  if (active === 0) return n === 1 ? 'closed' : 'all closed'
  if (active === n) return n === 1 ? 'active' : 'all active'
  return `${active} active`
}

function Erased({ by: { staffName, createdAt } }: { by: TicketEvent }) {
  const [day] = utc(createdAt).split(',')
  return (
    <>
      Erased{' '}
      {staffName && (
        <>
          by <bdi>{staffName}</bdi>{' '}
        </>
      )}
      on{' '}
      <time datetime={createdAt.toISOString()} title={utc(createdAt)}>
        {day}
      </time>
    </>
  )
}
