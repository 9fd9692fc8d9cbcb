import type { McpServer } from '#src/servers/queries.ts'
import type { Staff } from '#src/staff/session.ts'

/** The fields of a ticket that say who raised it. */
export type RaisedBy =
  | { email: string }
  | { reporter: { issuer: string; subject: string; email: string; name: string } }

/**
 * Someone of the staff as an end-user of a server: by e-mail where its end-users do not sign in,
 * else as the server's issuer would name them. Where that is the desk, by its own address.
 */
export function raisedByStaff(
  { auth, issuer }: Pick<McpServer, 'auth' | 'issuer'>,
  { id, email, name }: Staff,
  deskOrigin: string,
): RaisedBy {
  if (auth === 'none') return { email }
  return { reporter: { issuer: issuer ?? deskOrigin, subject: id, email, name } }
}
