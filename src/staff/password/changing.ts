import type { Database } from '#src/db/database.ts'
import { unscoped } from '#src/db/scope.ts'
import { hashPassword } from '#src/staff/password.ts'
import type { Staff } from '#src/staff/session.ts'
import { checkCredentials, type SignIn } from '#src/staff/signing-in.ts'
import { replacePassword } from './replacing.ts'

type Change = {
  staff: Staff
  current: string
  password: string
  /** Hash of the session that asks. */
  keep: string
  address: string
}

/**
 * Changes one's own password, for who knows the current one, and ends all other sessions. Attempts
 * count as attempts to sign in. The one that was checked is replaced and no other: a reset that
 * came meanwhile stands.
 */
export async function changeOwnPassword(database: Database, change: Change): Promise<SignIn> {
  const { staff, current, address, keep } = change
  const checked = await checkCredentials(database, {
    email: staff.email,
    password: current,
    address,
  })
  if (!checked.ok) return checked
  const passwordHash = await hashPassword(change.password)
  const instead = checked.passwordHash
  const replaced = await unscoped(database, 'password', (db) =>
    db.transaction((tx) => replacePassword(tx, { staffId: staff.id, passwordHash, keep, instead })),
  )
  return replaced ? checked : { ok: false, reason: 'wrong' }
}
