import { fileTicket } from '#src/intake/filing.ts'
import type { Filed } from '#src/intake/replaying.ts'
import type { McpServer } from '#src/servers/queries.ts'
import type { Member } from '#src/staff/who.ts'

/** Its title says what it is, wherever it turns up. */
const words = {
  title: 'Test ticket from the dashboard',
  description: 'Sent from the connect page to see a ticket arrive. Nobody waits for an answer.',
}

/**
 * Files a ticket by the verb that servers use, with its refusals and rates. It is raised by the
 * e-mail of who sends it, however the server's end-users sign in: nobody vouched for this one.
 */
export function sendTestTicket(
  { scope, staff }: Pick<Member, 'scope' | 'staff'>,
  server: McpServer,
  address: string,
): Promise<Filed> {
  // As if by a publishable key of the server that nobody holds.
  const key = {
    id: `test tickets of ${server.id}`,
    kind: 'publishable' as const,
    hash: new Uint8Array(),
    lastUsedAt: null,
  }
  return fileTicket(
    { server, address, scope, key },
    { ...words, email: staff.email },
    crypto.randomUUID(),
  )
}
