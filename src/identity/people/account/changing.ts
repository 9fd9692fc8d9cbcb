import { and, eq, isNull } from 'drizzle-orm'
import { endUser } from '#src/db/schema.ts'
import { inScope } from '#src/db/scope.ts'
import { hashPassword } from '#src/staff/password.ts'
import type { Issuer } from '../../queries.ts'
import { endSessions } from '../ending.ts'
import { accountsOf } from '../queries.ts'
import type { EndUser } from '../session.ts'
import { type Checked, checkPassword } from '../sign-in/checking.ts'

type Change = {
  endUser: EndUser
  current: string
  password: string
  /** The session that asks, and goes on. */
  keep: string
  address: string
}

/**
 * Changes one's own password, for who knows the current one, and ends all other sessions. Attempts
 * count as attempts to sign in. The one that was checked is replaced and no other: whoever proved
 * the mailbox meanwhile keeps the account.
 */
export async function changeOwnPassword(issuer: Issuer, change: Change): Promise<Checked> {
  const { endUser: own, current, password, address, keep } = change
  const checked = await checkPassword(issuer, { email: own.email, password: current, address })
  if (!checked.ok) return checked
  const passwordHash = await hashPassword(password)
  return inScope(issuer.scope, async (tx) => {
    const [changed] = await tx
      .update(endUser)
      .set({ passwordHash })
      .where(
        and(
          accountsOf(issuer),
          eq(endUser.id, own.id),
          eq(endUser.passwordHash, checked.passwordHash),
        ),
      )
      .returning({ id: endUser.id })
    if (!changed) return { ok: false, reason: 'wrong' }
    await endSessions(tx, issuer, own.id, keep)
    return checked
  })
}

/** Gives an account without a password its first. Whether it had none. */
export async function setFirstPassword(
  issuer: Issuer,
  id: string,
  password: string,
): Promise<boolean> {
  const passwordHash = await hashPassword(password)
  const changed = await inScope(issuer.scope, (tx) =>
    tx
      .update(endUser)
      .set({ passwordHash })
      .where(and(accountsOf(issuer), eq(endUser.id, id), isNull(endUser.passwordHash)))
      .returning({ id: endUser.id }),
  )
  return changed.length > 0
}
