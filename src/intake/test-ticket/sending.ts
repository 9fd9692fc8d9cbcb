import { fileTicket } from '#src/intake/filing.ts'
import type { Filed } from '#src/intake/replaying.ts'
import type { RaisedBy } from '#src/servers/connect/reporter.ts'
import type { McpServer } from '#src/servers/queries.ts'
import type { Member } from '#src/staff/who.ts'

/** Its title says what it is, wherever it turns up. */
const words = {
  title: 'Test ticket from the dashboard',
  description: 'Sent from the connect page to see a ticket arrive. Nobody waits for an answer.',
}

/** Files a ticket as the server itself would: the same verb, the same refusals, the same rates. */
export function sendTestTicket(
  { scope }: Pick<Member, 'scope'>,
  server: McpServer,
  raisedBy: RaisedBy,
): Promise<Filed> {
  // Rates count by key: the dashboard is one of the server's, that nobody holds.
  const key = {
    id: `test tickets of ${server.id}`,
    kind: 'secret' as const,
    hash: new Uint8Array(),
    lastUsedAt: null,
  }
  return fileTicket({ server, scope, key }, { ...words, ...raisedBy }, crypto.randomUUID())
}
