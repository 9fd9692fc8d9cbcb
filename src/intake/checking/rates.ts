import { type Rate, rateBucket, type Taken, takeToken } from '#src/db/bucket.ts'
import type { Tx } from '#src/db/scope.ts'
import type { KeyKind } from '#src/servers/keys.ts'
import type { AdmittedServer } from '#src/servers/queries.ts'
import type { Asker } from './asker.ts'

/** Looking up tickets by one key, and by one person or session. Tickets have rates of their own. */
const perKey: Record<KeyKind, Rate> = {
  secret: { burst: 120, perHour: 7200 },
  publishable: { burst: 20, perHour: 240 },
}
const perAsker: Rate = { burst: 10, perHour: 120 }

/** Asks leave to look once more, of the asker first, as with tickets. Whoever is refused rolls back. */
export async function admitCheck(
  tx: Tx,
  { scope: { organizationId }, key }: AdmittedServer,
  { bucket }: Asker,
): Promise<Taken> {
  const ofAsker = await takeToken(tx, rateBucket(organizationId, bucket), perAsker)
  if (!ofAsker.ok) return ofAsker
  return takeToken(tx, rateBucket(organizationId, `check key ${key.id}`), perKey[key.kind])
}
