import { createApp } from '#src/app.ts'
import { parseConfig } from '#src/config.ts'
import type { Desk } from '#src/web/route.ts'

export type Listening = { origin: string; port: number; stop(): Promise<void> }

/** Serves a desk on a free port of 127.0.0.1, as `serve` does; its base URL becomes that address. */
export async function listen(
  desk: Desk,
  environment: Record<string, string> = {},
  hostname = '127.0.0.1',
): Promise<Listening> {
  const app = createApp(desk)
  app.listen({ hostname, port: 0, reusePort: false, development: false })
  const port = app.server?.port
  if (!port) throw new Error('no port')
  const origin = `http://${hostname}:${port}`
  const { secretKey } = desk.config
  const config = parseConfig({
    MCP_OBS_BASE_URL: origin,
    MCP_OBS_SECRET_KEY: secretKey,
    ...environment,
  })
  if (!config.ok) throw new Error(config.problems.join())
  desk.config = config.config
  return {
    origin,
    port,
    stop: async () => {
      await app.stop(true)
    },
  }
}

/** Sends bytes as they are and answers what comes back, until the desk closes or falls silent. */
export function sendRaw(
  port: number,
  bytes: string | Uint8Array,
  silentMs = 1500,
): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  let answer = ''
  const timer = setTimeout(() => resolve(answer), silentMs)
  const done = () => {
    clearTimeout(timer)
    resolve(answer)
  }
  void Bun.connect({
    hostname: '127.0.0.1',
    port,
    socket: {
      open: (socket) => void socket.write(bytes),
      data: (_, chunk) => {
        answer += chunk.toString()
      },
      close: done,
      error: done,
    },
  })
  return promise
}

export const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1])
