import { type Rate, rateBucket, type Taken, takeToken } from '#src/db/bucket.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import type { KeyKind } from '#src/servers/keys.ts'
import type { AdmittedServer } from '#src/servers/queries.ts'
import { reporterBucket } from '#src/tickets/person.ts'
import type { Reporter } from '#src/tickets/ticket.ts'

/** Tickets of one key, of one e-mail address nobody has verified, and of one who is signed in. */
const perKey: Record<KeyKind, Rate> = {
  secret: { burst: 120, perHour: 3600 },
  publishable: { burst: 20, perHour: 120 },
}
const perEmail: Rate = { burst: 5, perHour: 5 }
const perReporter: Rate = { burst: 10, perHour: 20 }

/**
 * Asks leave for one more ticket: of the reporter first, so that one who raises too many takes
 * nothing from the others. Whoever is refused rolls back.
 */
export async function admitTicket(
  tx: Tx,
  { organizationId }: Scope,
  key: AdmittedServer['key'],
  reporter: Reporter,
): Promise<Taken> {
  const unverified = reporter.proof === 'email'
  const rate = unverified ? perEmail : perReporter
  const ofReporter = await takeToken(tx, rateBucket(organizationId, reporterBucket(reporter)), rate)
  if (!ofReporter.ok) return ofReporter
  return takeToken(tx, rateBucket(organizationId, `key ${key.id}`), perKey[key.kind])
}
