import { and, eq } from 'drizzle-orm'
import { endUser } from '#src/db/schema.ts'
import { inScope, type Tx } from '#src/db/scope.ts'
import { newId } from '#src/lib/ids.ts'
import type { Issuer } from '../queries.ts'

type Account = Pick<
  typeof endUser.$inferSelect,
  'id' | 'email' | 'name' | 'emailVerifiedAt' | 'passwordHash'
>
type NewAccount = Omit<Account, 'id'>

export const accountsOf = ({ scope, serverId }: Issuer) =>
  and(eq(endUser.organizationId, scope.organizationId), eq(endUser.mcpServerId, serverId))

/** The account with an e-mail at this server; kept as it is until the transaction ends, if so asked. */
export async function findAccount(
  tx: Tx,
  issuer: Issuer,
  email: string,
  lock?: 'locked',
): Promise<Account | undefined> {
  const query = tx
    .select({
      id: endUser.id,
      email: endUser.email,
      name: endUser.name,
      emailVerifiedAt: endUser.emailVerifiedAt,
      passwordHash: endUser.passwordHash,
    })
    .from(endUser)
    .where(and(accountsOf(issuer), eq(endUser.email, email)))
  const [found] = await (lock ? query.for('no key update') : query)
  return found
}

/**
 * Keeps an account as it is until the transaction ends, and who else does so waits. Whoever locks
 * what an account has locks the account first. Whether there is one, with this password if given.
 */
export async function lockAccount(
  tx: Tx,
  issuer: Issuer,
  id: string,
  passwordHash?: string,
): Promise<boolean> {
  const held = await tx
    .select({ id: endUser.id })
    .from(endUser)
    .where(
      and(
        accountsOf(issuer),
        eq(endUser.id, id),
        passwordHash === undefined ? undefined : eq(endUser.passwordHash, passwordHash),
      ),
    )
    .for('no key update')
  return held.length > 0
}

/** Adds an account; null where there is one with this e-mail, and then nothing was written. */
export async function addAccount(
  tx: Tx,
  { scope, serverId }: Issuer,
  account: NewAccount,
): Promise<string | null> {
  const id = newId()
  const { organizationId } = scope
  const rows = await tx
    .insert(endUser)
    .values({ organizationId, mcpServerId: serverId, id, ...account, createdAt: new Date() })
    .onConflictDoNothing()
    .returning({ id: endUser.id })
  return rows.length > 0 ? id : null
}

/** Whether somebody signs in with a password, or by mail only. */
export async function hasPassword(issuer: Issuer, email: string): Promise<boolean> {
  const account = await inScope(issuer.scope, (tx) => findAccount(tx, issuer, email))
  return Boolean(account?.passwordHash)
}
