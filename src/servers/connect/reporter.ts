import type { McpServer } from '#src/servers/queries.ts'
import type { Staff } from '#src/staff/session.ts'

/** The fields of a ticket that say who raised it. */
export type RaisedBy =
  | { email: string }
  | { reporter: { issuer: string; subject: string; email: string; name: string } }

/**
 * Someone of the staff as an end-user of a server: by e-mail where its end-users do not sign in, by
 * the company's issuer as that would name them. Null where the desk signs them in: nobody can be
 * named there who is not.
 */
export function raisedByStaff(
  { auth, issuer }: Pick<McpServer, 'auth' | 'issuer'>,
  { id, email, name }: Staff,
): RaisedBy | null {
  if (auth === 'none') return { email }
  return issuer === null ? null : { reporter: { issuer, subject: id, email, name } }
}
