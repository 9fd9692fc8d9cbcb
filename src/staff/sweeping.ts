import { lt } from 'drizzle-orm'
import type { Database } from '#src/db/database.ts'
import { attemptBucket, invitation, passwordReset, session } from '#src/db/schema.ts'
import { unscoped } from '#src/db/scope.ts'

const dayMs = 24 * 3_600_000

/** Deletes what has expired before an organization is known. A bucket of a day ago is full again. */
export const sweepStaff = (database: Database, now: Date): Promise<void> =>
  unscoped(database, 'sweep', async (db) => {
    await db.delete(session).where(lt(session.expiresAt, now))
    await db.delete(invitation).where(lt(invitation.expiresAt, now))
    await db.delete(passwordReset).where(lt(passwordReset.expiresAt, now))
    await db
      .delete(attemptBucket)
      .where(lt(attemptBucket.updatedAt, new Date(now.getTime() - dayMs)))
  })
