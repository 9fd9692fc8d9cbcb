import { type Rate, rateBucket, type Taken, takeToken } from '#src/db/bucket.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { sha256 } from '#src/lib/ids.ts'

/** Tickets of one server, and of one e-mail address nobody has verified. */
const perServer: Rate = { burst: 120, perHour: 3600 }
const perEmail: Rate = { burst: 5, perHour: 5 }

/** Asks leave for one more ticket; the refusal that lasts longest is the one that counts. */
export async function admitTicket(
  tx: Tx,
  { organizationId }: Scope,
  from: { keyHash: Uint8Array; unverifiedEmail: string | null },
): Promise<Taken> {
  const key = `key ${Buffer.from(from.keyHash).toString('base64url')}`
  const ofKey = await takeToken(tx, rateBucket(organizationId, key), perServer)
  if (!ofKey.ok || !from.unverifiedEmail) return ofKey
  const email = `e-mail ${sha256(from.unverifiedEmail).toString('base64url')}`
  return takeToken(tx, rateBucket(organizationId, email), perEmail)
}
