import { createServer, type Server, type Socket } from 'node:net'
import { createApp } from '#src/app.ts'
import { freePort } from '../../db/external.ts'
import { makeWorld, type TestServer } from '../../world.ts'

export type Filed = {
  title: string
  raised: Date
  created: Date
  issuer: string | null
  subject: string | null
  email: string | null
  trail: string
}

/** The real desk on a real Postgres, at an address where it can be away in two ways. */
export async function openRealDesk() {
  const port = freePort()
  const world = await makeWorld({ MCP_OBS_BASE_URL: `http://localhost:${port}` })
  const app = createApp(world.desk)
  const serve = () =>
    Bun.serve({ port, hostname: '127.0.0.1', fetch: (request) => app.handle(request) })
  let http: ReturnType<typeof serve> | undefined = serve()
  const sockets = new Set<Socket>()
  let silent: Server | undefined

  const endSilence = async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise<void>((closed) => (silent ? silent.close(() => closed()) : closed()))
    silent = undefined
  }
  return {
    at: ({ slug, key }: TestServer) => ({ url: `http://localhost:${port}/s/${slug}`, key }),
    world,
    /** Nobody listens at its address. */
    async goAway() {
      await http?.stop(true)
      http = undefined
    },
    /** Somebody listens, and never says a word. */
    async fallSilent() {
      silent = createServer((socket) => {
        sockets.add(socket)
        socket.on('error', () => {})
      })
      await new Promise<void>((open) => silent?.listen(port, '127.0.0.1', open))
    },
    async comeBack() {
      await endSilence()
      http = serve()
    },
    filed: () =>
      world.database.owner<Filed[]>`
        select title, raised_at raised, created_at created, mcp_user_issuer issuer,
               mcp_user_id subject, user_email email, trail
        from support_ticket order by created_at`,
    async close() {
      await endSilence()
      await http?.stop(true)
      await world.close()
    },
  }
}
