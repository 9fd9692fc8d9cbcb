import type { Login } from '../connect.ts'
import { StartError } from '../start-error.ts'
import { owner } from './initialize.ts'
import { type Layout, layOut } from './layout.ts'
import { type Client, giveLease, takeLease } from './lease.ts'
import { loginAt, reachServer, type Session } from './server.ts'
import type { Settings } from './spawn.ts'

/** A place on the embedded server: how to connect to it, and how to leave it. */
export type Place = {
  login(database: string, username?: string): Login
  leave(): Promise<void>
}

/**
 * Joins the embedded server of a data directory, and starts it where no one did. If it dies it is
 * started again; `onLost` hears when that fails, or when another desk was faster.
 */
export async function joinEmbedded(
  dataDir: string,
  client: Client,
  onLost: (error: StartError) => void = () => {},
  overrides: Settings = {},
): Promise<Place> {
  const layout = layOut(dataDir)
  let session = await enter(layout, client, overrides)
  let leaving = false
  let rejoining: Promise<void> | undefined

  async function keep(): Promise<void> {
    await session.closed
    if (leaving) return
    rejoining = enter(layout, client, overrides, session.socketDir).then(
      (entered) => {
        session = entered
        void keep()
      },
      (error) => onLost(error instanceof StartError ? error : new StartError(String(error))),
    )
  }
  void keep()

  return {
    login: (database, username = owner) => loginAt(session.socketDir, database, username),
    async leave() {
      leaving = true
      await rejoining
      await giveLease(layout, session).catch(() => session.sql.end({ timeout: 0 }))
    },
  }
}

const enterWithinMs = 60_000

async function enter(
  layout: Layout,
  client: Client,
  overrides: Settings,
  before?: string,
): Promise<Session> {
  for (const until = Date.now() + enterWithinMs; ; await Bun.sleep(50)) {
    const session = await reachServer(layout, overrides, before)
    try {
      if (await takeLease(session, client, layout.root)) return session
      await session.sql.end({ timeout: 1 })
    } catch (error) {
      await giveLease(layout, session).catch(() => session.sql.end({ timeout: 0 }))
      // Anything else is a server that went away just now.
      if (error instanceof StartError || Date.now() > until) throw error
    }
  }
}
