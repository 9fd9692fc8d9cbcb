import { and, desc, eq, gt } from 'drizzle-orm'
import type { Database } from '#src/db/database.ts'
import { session } from '#src/db/schema.ts'
import { unscoped } from '#src/db/scope.ts'

/** Someone's own sessions, newest first. An id is a hash, and opens nothing. */
export const listSessions = (database: Database, staffId: string) =>
  unscoped(database, 'session', (db) =>
    db
      .select({ id: session.id, userAgent: session.userAgent, createdAt: session.createdAt })
      .from(session)
      .where(and(eq(session.staffId, staffId), gt(session.expiresAt, new Date())))
      .orderBy(desc(session.createdAt)),
  )
