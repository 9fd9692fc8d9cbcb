import { inScope } from '#src/db/scope.ts'
import { storable } from '#src/lib/text.ts'
import { passwordCharsMax, verifyPassword } from '#src/staff/password.ts'
import type { Issuer } from '../../queries.ts'
import { attemptsAt, countAttempts, forgiveAttempts } from '../attempts.ts'
import { signInRates } from '../limits.ts'
import { findAccount } from '../queries.ts'

type Credentials = { email: string; password: string; address: string }
export type Checked =
  | { ok: true; endUserId: string; passwordHash: string }
  | { ok: false; reason: 'wrong' }
  | { ok: false; reason: 'too_many'; retryAfterSeconds: number }

/**
 * Compares credentials at one server. Attempts are counted before the password is looked at, for
 * accounts that do not exist too, and a comparison takes its time for those as well; success takes
 * them back.
 */
export async function checkPassword(issuer: Issuer, given: Credentials): Promise<Checked> {
  const email = storable(given.email).trim().toLowerCase()
  const { address } = given
  const attempts = attemptsAt(issuer, 'sign-in', { email, address }, signInRates)
  const counted = await countAttempts(issuer, attempts)
  if (!counted.ok) return { ...counted, reason: 'too_many' }
  const account = await inScope(issuer.scope, (tx) => findAccount(tx, issuer, email))
  const password = given.password.slice(0, passwordCharsMax + 1)
  const passwordHash = account?.passwordHash ?? undefined
  const right = await verifyPassword(password, passwordHash)
  if (!right || !account || !passwordHash) return { ok: false, reason: 'wrong' }
  await forgiveAttempts(issuer, attempts)
  return { ok: true, endUserId: account.id, passwordHash }
}
