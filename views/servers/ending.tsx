import type { AuthMode } from '#sdk/contract.ts'
import { ticketCountMax } from '#src/servers/limits.ts'
import { Field } from '#views/parts/field.tsx'

export type EndingProps = {
  /** Of the server. */
  path: string
  server: { slug: string; name: string; auth: AuthMode; enabled: boolean }
  /** How many tickets go with it. */
  tickets: number
  /** What was typed, and why it was not deleted. */
  deletion?: { typed: string; problem: string }
}

/** Disabling, which can be undone, and deleting, which can't. */
export function Ending({ path, server, tickets, deletion }: EndingProps) {
  const { name, auth, enabled } = server
  return (
    <>
      <section class="section" aria-labelledby="status-title">
        <header>
          <h2 id="status-title">{enabled ? 'Disable' : 'Enable'}</h2>
          <p class="faint small">
            {enabled
              ? 'A disabled server’s address answers nobody, whatever the key. Its tickets stay, and you can enable it again.'
              : 'Its address takes tickets again, with the keys it has.'}
          </p>
        </header>
        <form method="post" action={`${path}/status`}>
          <button class="button" type="submit" name="enabled" value={enabled ? 'off' : 'on'}>
            {enabled ? 'Disable the server' : 'Enable the server'}
          </button>
        </form>
      </section>
      <section class="section" id="deletion" aria-labelledby="deletion-title">
        <header>
          <h2 id="deletion-title">Delete</h2>
          <p class="faint small">
            {lost(tickets)}
            {auth === 'platform' && ' So do the accounts of its end-users.'} There is no way back.
          </p>
        </header>
        <form class="stack narrow" method="post" action={`${path}/deletion#deletion`}>
          <Field
            label={`To delete it, type its name: ${name}`}
            name="typed"
            value={deletion?.typed}
            problem={deletion?.problem}
            autocomplete="off"
            maxlength={200}
          />
          <button class="button danger" type="submit">
            Delete the server{tickets > 0 && ` and ${counted(tickets)}`}
          </button>
        </form>
      </section>
    </>
  )
}

const counted = (tickets: number) =>
  tickets === 1
    ? '1 ticket'
    : `${tickets.toLocaleString('en-US')}${tickets >= ticketCountMax ? ' tickets or more' : ' tickets'}`

const lost = (tickets: number) =>
  tickets === 0
    ? 'The server goes with its keys; it has no tickets.'
    : `The server goes with its keys and ${counted(tickets)}, with their histories.`
