import type { TicketContext } from '#sdk/contract.ts'
import { newId } from '#src/lib/ids.ts'
import { cut } from '#src/lib/text.ts'
import { otherCategory } from '#src/servers/defaults.ts'
import type { McpServer } from '#src/servers/queries.ts'
import { reporterHash } from '#src/tickets/person.ts'
import type { Reporter } from '#src/tickets/ticket.ts'
import { type cleanTicket, failedCall } from './cleaning.ts'

const failedErrorCharsMax = 160
const queuedMsMax = 30 * 24 * 3_600_000

/** What is stored of a ticket, but for its number and the key that names it across retries. */
export function newTicket(
  server: McpServer,
  input: ReturnType<typeof cleanTicket>,
  reporter: Reporter,
  context: TicketContext | undefined,
  { id, now } = { id: newId(), now: new Date() },
) {
  const failed = failedCall(context)
  const { client, server: host } = context ?? {}
  return {
    organizationId: server.organizationId,
    id,
    mcpServerId: server.id,
    title: input.title,
    description: input.description,
    category: categoryOf(server, input.category),
    reporterProof: reporter.proof,
    mcpUserId: reporter.subject,
    mcpUserIssuer: reporter.issuer,
    userName: reporter.name,
    userEmail: reporter.email,
    sessionId: context?.sessionId ?? null,
    reporterHash: reporterHash(reporter),
    userAgent: client ? [client.name, client.version].filter(Boolean).join(' ') : null,
    clientName: client?.name ?? null,
    clientVersion: client?.version ?? null,
    serverVersion: host?.version ?? null,
    failedTool: failed?.tool ?? null,
    failedError: failed?.error
      ? cut(failed.error.trim().split('\n', 1)[0] ?? '', failedErrorCharsMax)
      : null,
    trail: (context?.calls ?? []).map(({ outcome }) => (outcome === 'error' ? 'x' : 'o')).join(''),
    raisedAt: raisedAt(input.raisedAt, now),
    createdAt: now,
    updatedAt: now,
  }
}

/** A category the server no longer has, or never had, is no reason to lose a ticket. */
function categoryOf({ supportToolCategories }: McpServer, given: string | undefined): string {
  const wanted = given?.toLowerCase()
  return supportToolCategories.find((name) => name.toLowerCase() === wanted) ?? otherCategory
}

/** When it was raised, as far as that can be: not later than now, nor longer ago than a queue lasts. */
export function raisedAt(given: string | undefined, now: Date): Date {
  const at = given === undefined ? now.getTime() : Date.parse(given)
  return new Date(Math.max(now.getTime() - queuedMsMax, Math.min(now.getTime(), at)))
}
