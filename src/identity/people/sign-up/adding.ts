import { inScope } from '#src/db/scope.ts'
import type { Issuer } from '../../queries.ts'
import { addAccount } from '../queries.ts'

type NewAccount = { email: string; name: string; passwordHash: string }

/** Adds an account by its e-mail's word alone; null where the e-mail has one. */
export const addUnproven = (issuer: Issuer, account: NewAccount): Promise<string | null> =>
  inScope(issuer.scope, (tx) => addAccount(tx, issuer, { ...account, emailVerifiedAt: null }))
