import { and, eq } from 'drizzle-orm'
import {
  attemptBucket,
  type Bucket,
  emptyBucket,
  type Rate,
  returnToken,
  takeToken,
} from '#src/db/bucket.ts'
import type { Database } from '#src/db/database.ts'
import { staff } from '#src/db/schema.ts'
import { unscoped } from '#src/db/scope.ts'
import { sha256 } from '#src/lib/ids.ts'
import { storable } from '#src/lib/text.ts'
import { networkOf } from '#src/web/address.ts'
import { passwordCharsMax, verifyPassword } from './password.ts'

/**
 * Failed attempts allowed: at one account from one place; from one place; and at one account from
 * anywhere, so many that no stranger alone can keep its owner out.
 */
const attemptsHere: Rate = { burst: 8, perHour: 60 }
const attemptsPerAddress: Rate = { burst: 30, perHour: 240 }
const attemptsPerAccount: Rate = { burst: 100, perHour: 600 }

type Credentials = { email: string; password: string; address: string }
export type SignIn =
  | { ok: true; staffId: string; passwordHash: string }
  | { ok: false; reason: 'wrong' }
  | { ok: false; reason: 'too_many'; retryAfterSeconds: number }

/**
 * Compares credentials. Attempts are counted before the password is looked at, for accounts that
 * do not exist too; success takes them back, and forgets the failures before it.
 */
export async function checkCredentials(database: Database, given: Credentials): Promise<SignIn> {
  const email = storable(given.email).trim().toLowerCase()
  const place = networkOf(given.address)
  const here = bucketOf('here', `${place} ${email}`)
  const wider: [Bucket, Rate][] = [
    [bucketOf('address', place), attemptsPerAddress],
    [bucketOf('account', email), attemptsPerAccount],
  ]
  return unscoped(database, 'sign-in', async (db) => {
    for (const [bucket, rate] of [...wider, [here, attemptsHere] as const]) {
      const taken = await takeToken(db, bucket, rate)
      if (!taken.ok) return { ...taken, reason: 'too_many' }
    }
    const [found] = await db.select().from(staff).where(eq(staff.email, email))
    const password = given.password.slice(0, passwordCharsMax + 1)
    const right = await verifyPassword(password, found?.passwordHash)
    if (!right || !found) return { ok: false, reason: 'wrong' }
    await emptyBucket(db, here)
    for (const [bucket, rate] of wider) await returnToken(db, bucket, rate)
    return { ok: true, staffId: found.id, passwordHash: found.passwordHash }
  })
}

/**
 * Whether an account still has the password that was checked. Whoever is replacing it is waited
 * for: a session that was begun before this asks does not outlive an answer of false.
 */
export async function hasPassword(
  database: Database,
  staffId: string,
  passwordHash: string,
): Promise<boolean> {
  const held = await unscoped(database, 'sign-in', (db) =>
    db
      .select({ id: staff.id })
      .from(staff)
      .where(and(eq(staff.id, staffId), eq(staff.passwordHash, passwordHash)))
      .for('share'),
  )
  return held.length > 0
}

const bucketOf = (kind: string, of: string): Bucket =>
  attemptBucket(`${kind} ${sha256(of).toString('base64url')}`)
