import type { AuthMode, TransportKind } from '#sdk/contract.ts'
import { mailHref } from '#src/lib/html/url.ts'
import { utc } from '#src/lib/time.ts'
import type { TicketDetail } from '#src/tickets/ticket.ts'
import { Fold } from './fold.tsx'
import { proven } from './words.ts'

const auths: Record<AuthMode, string> = {
  none: 'None',
  external: 'The company’s own sign-in',
  platform: 'Sign-in by this desk',
}
const transports: Record<TransportKind, string> = {
  stdio: 'stdio',
  http: 'Streamable HTTP',
  other: 'Other',
}
const priorities = { low: 'Low', normal: 'Normal', high: 'High' }
/** Below this, raised and received are the same moment to a reader. */
const apartMsMin = 5_000

const code = (text: string | null | undefined) => text && <code>{text}</code>
const version = (of: { name: string; version?: string } | undefined) =>
  of && [of.name, of.version].filter(Boolean).join(' ')

/** Who, where from and when, beside the ticket or below it. */
export function Details({ ticket, reference }: { ticket: TicketDetail; reference: string }) {
  const { reporter, server, context, createdAt, raisedAt } = ticket
  const waited = createdAt.getTime() - raisedAt.getTime() > apartMsMin
  return (
    <aside class="details" aria-label="Details">
      <Fold
        title="Reporter"
        facts={[
          ['Name', reporter.name],
          [
            'E-mail',
            reporter.email && (
              <a class="link" href={mailHref(reporter.email)}>
                {reporter.email}
              </a>
            ),
          ],
          ['Identity', proven(reporter)],
          ['Issuer', code(reporter.issuer)],
          ['Subject', code(reporter.subject)],
        ]}
      />
      <Fold
        title="Ticket"
        facts={[
          ['Reference', code(reference)],
          ['Category', ticket.category],
          ['Priority', priorities[ticket.priority]],
          ['Raised', waited && utc(raisedAt)],
          ['Received', utc(createdAt)],
        ]}
      />
      <Fold
        title="Server"
        facts={[
          ['Name', server.name],
          ['Address', code(server.slug)],
          ['Program', version(context?.server)],
          ['Transport', context?.transport && transports[context.transport]],
          ['Sign-in', auths[server.auth]],
          ['SDK', context?.sdkVersion],
        ]}
      />
      <Fold
        title="Client"
        facts={[
          ['Program', version(context?.client) ?? ticket.userAgent],
          ['Protocol', context?.protocolVersion],
          ['Session', code(ticket.sessionId ?? context?.sessionId)],
        ]}
      />
    </aside>
  )
}
