import { createApp } from '#src/app.ts'
import type { Config } from '#src/config.ts'
import { openDatabase } from '#src/db/open.ts'
import { logTo } from '#src/lib/log.ts'
import { openSetup } from '#src/staff/setup/opening.ts'
import type { Desk } from '#src/web/route.ts'
import type { Command, Outcome } from './command.ts'
import { keepSwept } from './sweeping.ts'
import { version } from './version.ts'

/** Above the product's own limit, which answers with a sentence; what is larger is cut off. */
const bodyBytesMax = 1024 * 1024
const idleTimeoutSeconds = 30
const drainMsMax = 5_000

/** Serves until it is told to stop (SIGTERM, SIGINT), then finishes the requests in flight. */
export const serve: Command = {
  name: 'serve',
  summary: 'Serve the desk. This is what runs when no command is given.',
  usage: '[--open]',
  options: { open: { type: 'boolean' } },
  required: [],
  run: (config, { open }) =>
    serveDesk(config, async ({ database }) => {
      const token = await openSetup(database)
      const setupLink = token && `${config.baseUrl.origin}/setup?token=${token}`
      if (setupLink) say('Nobody has an account yet. Make the first one here:', `  ${setupLink}`)
      if (open) openBrowser(setupLink ?? config.baseUrl.origin)
    }),
}

/** The same, with what a command does once the desk answers. `stopped` settles when it is to stop. */
export async function serveDesk(
  config: Config,
  begin: (desk: Desk, stopped: Promise<unknown>) => Promise<void>,
): Promise<Outcome> {
  const stopped = Promise.withResolvers<Outcome>()
  const database = await openDatabase(config, 'desk', (error) =>
    stopped.resolve({ ok: false, problem: error.message }),
  )
  const desk: Desk = { config, database, log: logTo(config.logLevel) }
  const app = createApp(desk)
  try {
    app.listen({
      ...config.listen,
      reusePort: false,
      development: false,
      maxRequestBodySize: bodyBytesMax,
      idleTimeout: idleTimeoutSeconds,
    })
  } catch (error) {
    await database.close()
    const problem = cannotListen(config, error as ListenError)
    if (!problem) throw error
    return { ok: false, problem }
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => stopped.resolve({ ok: true }))
  const stopSweeping = keepSwept(desk)
  try {
    greet(config)
    await begin(desk, stopped.promise)
    return await stopped.promise
  } finally {
    stopSweeping()
    await drain(app)
    await database.close()
  }
}

/** Lets the requests in flight finish, and cuts off those that take too long. */
async function drain(app: ReturnType<typeof createApp>): Promise<void> {
  const cutOff = setTimeout(() => app.stop(true), drainMsMax)
  await app.stop()
  clearTimeout(cutOff)
}

function greet({ baseUrl, databaseUrl, dataDir }: Config): void {
  say(
    `mcp-obs ${version} is at ${baseUrl.origin}`,
    databaseUrl ? 'Data: the database of DATABASE_URL' : `Data: ${dataDir}`,
  )
}

/** Lines for whoever started the desk. */
export const say = (...lines: string[]): boolean => process.stdout.write(`${lines.join('\n')}\n`)

const openers: Partial<Record<NodeJS.Platform, string>> = { linux: 'xdg-open', darwin: 'open' }

/** Opens the person's browser, where there is one. */
function openBrowser(url: string): void {
  const opener = Bun.which(openers[process.platform] ?? '')
  if (opener) Bun.spawn([opener, url], { stdio: ['ignore', 'ignore', 'ignore'] }).unref()
  else say('No browser was found to open it with.')
}

type ListenError = { code?: string; syscall?: string }

/** Why the port can't be had, by the code of what the system said. */
function cannotListen(
  { listen: { hostname, port } }: Config,
  { code, syscall }: ListenError,
): string | undefined {
  const address = `${hostname}:${port}`
  if (code === 'EADDRINUSE')
    return `${address} is in use by another program. Stop it, or set MCP_OBS_LISTEN and MCP_OBS_BASE_URL to another port.`
  if (code === 'EACCES')
    return `This account may not listen on ${address}. Set MCP_OBS_LISTEN to a port above 1023.`
  if (syscall === 'listen')
    return `No program can listen on ${address} here (${code}). Set MCP_OBS_LISTEN to an address of this machine.`
  return undefined
}
