import { eq } from 'drizzle-orm'
import { attemptBucket, emptyBucket, type Rate, takeToken } from '#src/db/bucket.ts'
import type { Database } from '#src/db/database.ts'
import { staff } from '#src/db/schema.ts'
import { unscoped } from '#src/db/scope.ts'
import { sha256 } from '#src/lib/ids.ts'
import { storable } from '#src/lib/text.ts'
import { passwordCharsMax, verifyPassword } from './password.ts'

/** Failed attempts allowed for one account, and from one address. */
const attemptsPerAccount: Rate = { burst: 8, perHour: 60 }
const attemptsPerAddress: Rate = { burst: 30, perHour: 240 }

type Credentials = { email: string; password: string; address: string }
type SignIn =
  | { ok: true; staffId: string }
  | { ok: false; reason: 'wrong' }
  | { ok: false; reason: 'too_many'; retryAfterSeconds: number }

/**
 * Compares credentials. Attempts are counted before the password is looked at, for accounts that
 * do not exist too; success forgets those of the account.
 */
export async function checkCredentials(database: Database, given: Credentials): Promise<SignIn> {
  const email = storable(given.email).trim().toLowerCase()
  const account = attemptBucket(`account ${sha256(email).toString('base64url')}`)
  const address = attemptBucket(`address ${sha256(given.address).toString('base64url')}`)
  return unscoped(database, 'sign-in', async (db) => {
    const taken = await takeToken(db, address, attemptsPerAddress)
    const allowed = taken.ok ? await takeToken(db, account, attemptsPerAccount) : taken
    if (!allowed.ok) return { ...allowed, reason: 'too_many' }
    const [found] = await db.select().from(staff).where(eq(staff.email, email))
    const password = given.password.slice(0, passwordCharsMax + 1)
    const right = await verifyPassword(password, found?.passwordHash)
    if (!right || !found) return { ok: false, reason: 'wrong' }
    await emptyBucket(db, account)
    return { ok: true, staffId: found.id }
  })
}
