import { and, eq, ne } from 'drizzle-orm'
import type { Database } from '#src/db/database.ts'
import { session } from '#src/db/schema.ts'
import { unscoped } from '#src/db/scope.ts'

/** Ends one of someone's own sessions. Whether there was one. */
export const endOwnSession = (database: Database, staffId: string, id: string): Promise<boolean> =>
  unscoped(database, 'session', async (db) => {
    const ended = await db
      .delete(session)
      .where(and(eq(session.staffId, staffId), eq(session.id, id)))
      .returning({ id: session.id })
    return ended.length > 0
  })

/** Ends all of them but one. */
export const endOtherSessions = (database: Database, staffId: string, keep: string) =>
  unscoped(database, 'session', async (db) => {
    await db.delete(session).where(and(eq(session.staffId, staffId), ne(session.id, keep)))
  })
