import { and, eq } from 'drizzle-orm'
import { endUser } from '#src/db/schema.ts'
import { inScope, type Tx } from '#src/db/scope.ts'
import { revokeAllIn } from '../../grants/revoking.ts'
import type { Issuer } from '../../queries.ts'
import { endSessions } from '../ending.ts'
import { accountsOf, addAccount, findAccount } from '../queries.ts'
import type { Asked } from './codes.ts'

/**
 * Whose account a mailbox opens, once it is proven; it is made where the code was asked for to do
 * so. Null where there is none.
 */
export const admitOwner = (issuer: Issuer, asked: Asked): Promise<string | null> =>
  inScope(issuer.scope, async (tx) => {
    const { email, name, passwordHash } = asked
    const account = await findAccount(tx, issuer, email, 'locked')
    if (!account)
      return name === null
        ? null
        : addAccount(tx, issuer, { email, name, passwordHash, emailVerifiedAt: new Date() })
    if (account.emailVerifiedAt === null) await takeOver(tx, issuer, account.id, asked)
    else if (name === null && passwordHash !== null)
      await replacePassword(tx, issuer, account.id, passwordHash)
    return account.id
  })

/** Replaces a password that was lost or known to somebody: all that was signed in ends, clients too. */
async function replacePassword(tx: Tx, issuer: Issuer, id: string, passwordHash: string) {
  await tx.update(endUser).set({ passwordHash }).where(isAccount(issuer, id))
  await endSignIns(tx, issuer, id)
}

/**
 * Gives an account whose e-mail nobody had proven to the mailbox's owner, who may not be the one
 * that made it (account pre-hijacking): password, sessions, grants and codes for them end.
 */
async function takeOver(tx: Tx, issuer: Issuer, id: string, asked: Asked): Promise<void> {
  const { name, passwordHash } = asked
  await endSignIns(tx, issuer, id)
  await tx
    .update(endUser)
    .set({ emailVerifiedAt: new Date(), passwordHash, ...(name !== null && { name }) })
    .where(isAccount(issuer, id))
}

/** First the browsers, in which a client could be let in anew. */
async function endSignIns(tx: Tx, issuer: Issuer, id: string): Promise<void> {
  await endSessions(tx, issuer, id)
  await revokeAllIn(tx, issuer.scope, issuer.serverId, id)
}

const isAccount = (issuer: Issuer, id: string) => and(accountsOf(issuer), eq(endUser.id, id))
