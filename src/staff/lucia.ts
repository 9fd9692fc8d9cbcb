import { eq, lte } from 'drizzle-orm'
import { type Adapter, type DatabaseSession, Lucia, TimeSpan } from 'lucia'
import type { Database } from '#src/db/database.ts'
import { session, staff } from '#src/db/schema.ts'
import { unscoped } from '#src/db/scope.ts'
import { sha256 } from '#src/lib/ids.ts'

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof luciaOver>
    DatabaseUserAttributes: { email: string; name: string }
    DatabaseSessionAttributes: { userAgent: string; createdAt: Date }
  }
}

const cookieName = 'mcp_obs_session'

/** Lucia over our tables. Over https the cookie's name pins it to this very host. */
export function luciaOver(database: Database, secure: boolean) {
  return new Lucia(adapterOver(database), {
    sessionExpiresIn: new TimeSpan(30, 'd'),
    sessionCookie: {
      name: secure ? `__Host-${cookieName}` : cookieName,
      attributes: { secure, sameSite: 'lax', path: '/' },
    },
    getUserAttributes: ({ email, name }) => ({ email, name }),
  })
}

/** What is stored of a session's id. */
export const sessionHash = (sessionId: string): string => sha256(sessionId).toString('hex')

/**
 * Stores only a SHA-256 of each session id: the id is the cookie's value, and whoever reads the
 * table must not be able to sign in with what stands there. Answers carry the id that was asked
 * for, since Lucia extends and deletes sessions by the id it was given.
 */
function adapterOver(database: Database): Adapter {
  const run = <T>(work: Parameters<typeof unscoped<T>>[2]) => unscoped(database, 'session', work)
  const ofStaff = (row: typeof session.$inferSelect, id: string): DatabaseSession => ({
    id,
    userId: row.staffId,
    expiresAt: row.expiresAt,
    attributes: { userAgent: row.userAgent, createdAt: row.createdAt },
  })
  return {
    getSessionAndUser: async (id) => {
      const [row] = await run((db) =>
        db
          .select()
          .from(session)
          .innerJoin(staff, eq(staff.id, session.staffId))
          .where(eq(session.id, sessionHash(id))),
      )
      if (!row) return [null, null]
      const { id: staffId, email, name } = row.staff
      return [ofStaff(row.session, id), { id: staffId, attributes: { email, name } }]
    },
    getUserSessions: async (staffId) => {
      const rows = await run((db) => db.select().from(session).where(eq(session.staffId, staffId)))
      return rows.map((row) => ofStaff(row, row.id))
    },
    setSession: async ({ id, userId, expiresAt, attributes }) => {
      await run((db) =>
        db
          .insert(session)
          .values({ id: sessionHash(id), staffId: userId, expiresAt, ...attributes }),
      )
    },
    updateSessionExpiration: async (id, expiresAt) => {
      await run((db) =>
        db
          .update(session)
          .set({ expiresAt })
          .where(eq(session.id, sessionHash(id))),
      )
    },
    deleteSession: async (id) => {
      await run((db) => db.delete(session).where(eq(session.id, sessionHash(id))))
    },
    deleteUserSessions: async (staffId) => {
      await run((db) => db.delete(session).where(eq(session.staffId, staffId)))
    },
    deleteExpiredSessions: async () => {
      await run((db) => db.delete(session).where(lte(session.expiresAt, new Date())))
    },
  }
}
