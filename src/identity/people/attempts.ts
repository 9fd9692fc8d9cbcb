import {
  type Bucket,
  emptyBucket,
  type Rate,
  rateBucket,
  returnToken,
  type Taken,
  takeToken,
} from '#src/db/bucket.ts'
import { inScope, type Tx } from '#src/db/scope.ts'
import { sha256 } from '#src/lib/ids.ts'
import { networkOf } from '#src/web/address.ts'
import type { Issuer } from '../queries.ts'

export type Attempt = { bucket: Bucket; rate: Rate }

/** Something tried at one server: whatever happens at another counts there. */
export const attemptAt = (
  { scope, serverId }: Issuer,
  what: string,
  of: string,
  rate: Rate,
): Attempt => ({
  bucket: rateBucket(
    scope.organizationId,
    `${what} ${serverId} ${sha256(of).toString('base64url')}`,
  ),
  rate,
})

type Rates = Record<'here' | 'network' | 'account', Rate>

/** What is tried at an account from an address, the narrowest limit first. */
export function attemptsAt(
  issuer: Issuer,
  what: string,
  { email, address }: { email: string; address: string },
  rates: Rates,
): Attempt[] {
  const network = networkOf(address)
  return [
    attemptAt(issuer, `${what} here`, `${network} ${email}`, rates.here),
    attemptAt(issuer, `${what} from`, network, rates.network),
    attemptAt(issuer, `${what} to`, email, rates.account),
  ]
}

/** Counts an attempt against all its limits, or against none where one is reached. */
export const countAttempts = (issuer: Issuer, attempts: Attempt[]): Promise<Taken> =>
  inScope(issuer.scope, async (tx) => {
    for (const [index, { bucket, rate }] of attempts.entries()) {
      const taken = await takeToken(tx, bucket, rate)
      if (taken.ok) continue
      await giveBack(tx, attempts.slice(0, index))
      return taken
    }
    return { ok: true }
  })

/** Takes an attempt back that was counted and came to nothing. */
export const returnAttempts = (issuer: Issuer, attempts: Attempt[]): Promise<void> =>
  inScope(issuer.scope, (tx) => giveBack(tx, attempts))

/** Takes a success back that was counted, and forgets the failures before it at its own account. */
export const forgiveAttempts = (issuer: Issuer, [here, ...wider]: Attempt[]): Promise<void> =>
  inScope(issuer.scope, async (tx) => {
    if (here) await emptyBucket(tx, here.bucket)
    await giveBack(tx, wider)
  })

async function giveBack(tx: Tx, attempts: Attempt[]): Promise<void> {
  for (const { bucket, rate } of attempts) await returnToken(tx, bucket, rate)
}
