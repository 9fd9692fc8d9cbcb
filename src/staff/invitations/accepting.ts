import { and, eq, gt } from 'drizzle-orm'
import type { Database } from '#src/db/database.ts'
import { invitation, membership } from '#src/db/schema.ts'
import { type Tx, unscoped } from '#src/db/scope.ts'
import { sha256 } from '#src/lib/ids.ts'
import { addAccount } from '#src/staff/creating.ts'
import { hashPassword } from '#src/staff/password.ts'

type Account = { name: string; email: string; password: string }

export type Joined = { ok: true; staffId: string } | { ok: false; reason: 'gone' | 'taken' }

/**
 * Joins the organization of an invitation, which ends it. Who belongs to it already keeps their
 * role, and leaves the invitation to someone else.
 */
export const joinByInvitation = (
  database: Database,
  token: string,
  staffId: string,
): Promise<Joined> =>
  unscoped(database, 'invitation', (db) =>
    db.transaction(async (tx) => {
      const invited = await lockInvitation(tx, token)
      if (!invited) return { ok: false, reason: 'gone' }
      const { id, organizationId, role } = invited
      const joined = await tx
        .insert(membership)
        .values({ staffId, organizationId, role })
        .onConflictDoNothing()
        .returning({ staffId: membership.staffId })
      if (joined.length > 0) await tx.delete(invitation).where(eq(invitation.id, id))
      return { ok: true, staffId }
    }),
  )

/** The same with a new account. An e-mail that has one already is refused as `taken`. */
export async function joinWithAccount(
  database: Database,
  token: string,
  { name, email, password }: Account,
): Promise<Joined> {
  const passwordHash = await hashPassword(password)
  return unscoped(database, 'invitation', (db) =>
    db.transaction(async (tx) => {
      const invited = await lockInvitation(tx, token)
      if (!invited) return { ok: false, reason: 'gone' }
      const staffId = await addAccount(tx, { email, name, passwordHash })
      if (!staffId) return { ok: false, reason: 'taken' }
      const { id, organizationId, role } = invited
      await tx.insert(membership).values({ staffId, organizationId, role })
      await tx.delete(invitation).where(eq(invitation.id, id))
      return { ok: true, staffId }
    }),
  )
}

/** The invitation, kept from others until the transaction ends: it is good for one. */
async function lockInvitation(tx: Tx, token: string) {
  const [found] = await tx
    .select()
    .from(invitation)
    .where(and(eq(invitation.tokenHash, sha256(token)), gt(invitation.expiresAt, new Date())))
    .for('update')
  return found
}
