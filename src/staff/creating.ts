import { eq } from 'drizzle-orm'
import type { Database } from '#src/db/database.ts'
import { membership, setupToken, staff } from '#src/db/schema.ts'
import { type Tx, unscoped } from '#src/db/scope.ts'
import { newId } from '#src/lib/ids.ts'
import { hashPassword, passwordCharsMax, passwordCharsMin } from './password.ts'

type NewStaff = { organizationId: string; email: string; name: string; password: string }
type Created = { ok: true; id: string; email: string } | { ok: false; problem: string }

/**
 * Makes an account and its membership of one organization, at the operator's word. The first
 * member becomes its owner, and the first account ends the setup links.
 */
export async function createStaff(database: Database, given: NewStaff): Promise<Created> {
  const email = given.email.trim().toLowerCase()
  const { length } = given.password
  if (length < passwordCharsMin || length > passwordCharsMax)
    return {
      ok: false,
      problem: `A password has ${passwordCharsMin} to ${passwordCharsMax} characters.`,
    }
  const passwordHash = await hashPassword(given.password)
  return unscoped(database, 'operator', (db) =>
    db.transaction(async (tx) => {
      await tx.delete(setupToken)
      const id = await addAccount(tx, { email, name: given.name, passwordHash })
      if (!id) return { ok: false, problem: `There is an account ${email} already.` }
      const { organizationId } = given
      const members = await tx.$count(membership, eq(membership.organizationId, organizationId))
      const role = members === 0 ? 'owner' : 'member'
      await tx.insert(membership).values({ staffId: id, organizationId, role })
      return { ok: true, id, email }
    }),
  )
}

/** Adds an account; null where there is one with this e-mail, and then nothing was written. */
export async function addAccount(
  tx: Tx,
  account: { email: string; name: string; passwordHash: string },
): Promise<string | null> {
  const id = newId()
  const rows = await tx
    .insert(staff)
    .values({ id, ...account, createdAt: new Date() })
    .onConflictDoNothing()
    .returning({ id: staff.id })
  return rows.length > 0 ? id : null
}
