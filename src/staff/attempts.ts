import { attemptBucket, type Rate, returnToken, takeToken } from '#src/db/bucket.ts'
import type { Database } from '#src/db/database.ts'
import { unscoped } from '#src/db/scope.ts'
import { sha256 } from '#src/lib/ids.ts'
import { Problem } from '#src/web/problem.ts'

/** Links with a secret that one address may try. */
const linksPerAddress: Rate = { burst: 30, perHour: 240 }

/** Mails with a link: asked for from one address, there for one account, for one from anywhere. */
export const mailsPerAddress: Rate = { burst: 10, perHour: 30 }
export const mailsHere: Rate = { burst: 3, perHour: 3 }
export const mailsPerAccount: Rate = { burst: 10, perHour: 10 }

/** Counts an attempt before it is looked at, and refuses it where there were too many. */
export async function countAttempt(
  database: Database,
  what: string,
  from: string,
  rate: Rate = linksPerAddress,
): Promise<void> {
  const bucket = bucketOf(what, from)
  const taken = await unscoped(database, 'attempt', (db) => takeToken(db, bucket, rate))
  if (taken.ok) return
  const { retryAfterSeconds } = taken
  throw new Problem('too_many', `Try again in ${retryAfterSeconds} seconds.`, { retryAfterSeconds })
}

/** Takes an attempt back that was counted and came to nothing. */
export const returnAttempt = (
  database: Database,
  what: string,
  from: string,
  rate: Rate,
): Promise<void> =>
  unscoped(database, 'attempt', (db) => returnToken(db, bucketOf(what, from), rate))

const bucketOf = (what: string, from: string) =>
  attemptBucket(`${what} ${sha256(from).toString('base64url')}`)
