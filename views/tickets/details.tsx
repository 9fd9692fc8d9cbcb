import type { AuthMode, TransportKind } from '#sdk/contract.ts'
import { utc } from '#src/lib/time.ts'
import type { TicketFilter } from '#src/tickets/filter.ts'
import type { TicketEvent } from '#src/tickets/ticket.ts'
import { Icon } from '#views/parts/icon.tsx'
import { inboxPath } from '#views/paths.ts'
import { Fold } from './fold.tsx'
import { reporterFacts } from './reporter.tsx'
import type { TicketShowProps } from './show.tsx'
import { SimilarTickets } from './similar.tsx'
import { PriorityControl } from './status.tsx'

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
/** Below this, raised and received are the same moment to a reader. */
const apartMsMin = 5_000

const code = (text: string | null | undefined) => text && <code>{text}</code>
const version = (of: { name: string; version?: string } | undefined) =>
  of && [of.name, of.version].filter(Boolean).join(' ')

type DetailsProps = Pick<
  TicketShowProps,
  'organization' | 'ticket' | 'reference' | 'erasure' | 'filter'
> & {
  erased: TicketEvent | undefined
}

/** Who, where from and when, beside the ticket or below it. */
export function Details(props: DetailsProps) {
  const { organization, ticket, reference, erasure, filter, erased } = props
  const { server, context, createdAt, raisedAt, failedTool, failedError } = ticket
  const like = (text: string | undefined, part: Partial<TicketFilter>) => (
    <a class="link tap" href={inboxPath(organization.slug, { status: 'active', ...part })}>
      {text}
    </a>
  )
  const waited = createdAt.getTime() - raisedAt.getTime() > apartMsMin
  return (
    <aside class="details" aria-label="Details">
      <details class="column" open>
        <summary>
          <h2>Details</h2>
          <Icon name="older" />
        </summary>
        <Fold
          title="Reporter"
          facts={reporterFacts({ organization: organization.slug, ticket, erasure, erased })}
        />
        {ticket.similar && (
          <SimilarTickets organization={organization.slug} similar={ticket.similar} />
        )}
        <Fold
          title="Ticket"
          facts={[
            ['Reference', code(reference)],
            ['Category', like(ticket.category, { category: ticket.category })],
            ['Tool', failedTool && like(failedTool, { tool: failedTool })],
            ['Error', failedError && like(failedError, { error: failedError })],
            [
              'Priority',
              <PriorityControl organization={organization.slug} ticket={ticket} filter={filter} />,
            ],
            ['Raised', waited && utc(raisedAt)],
            ['Received', utc(createdAt)],
          ]}
        />
        <Fold
          title="Server"
          facts={[
            ['Name', server.name],
            ['Address', like(server.slug, { server: server.slug })],
            ['Program', version(context?.server)],
            ['Transport', context?.transport && transports[context.transport]],
            ['Sign-in', auths[server.auth]],
            ['SDK', context?.sdkVersion],
          ]}
        />
        <Fold
          title="Client"
          facts={[
            [
              'Program',
              context?.client
                ? like(version(context.client), { client: context.client.name })
                : ticket.userAgent,
            ],
            ['Protocol', context?.protocolVersion],
            ['Session', code(ticket.sessionId ?? context?.sessionId)],
          ]}
        />
      </details>
    </aside>
  )
}
