import { createTRPCUntypedClient, httpLink, TRPCClientError } from '@trpc/client'
import { createHistory, type History } from './context.ts'
import { idempotencyHeader, type ProblemCode, type Receipt, type TicketInput } from './contract.ts'
import { createDelivery, type Delivery } from './deliver.ts'
import { createLog, type Log, type Logger } from './log.ts'
import { createSettings, type Settings } from './settings.ts'
import { later, type Timing } from './timing.ts'
import { sdkVersion } from './version.ts'

/** Why the desk did not do what it was asked, and whether asking again can help. */
export type Problem = {
  code?: ProblemCode
  message: string
  retry: boolean
  retryAfterMs?: number
}

export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem }

/** All that one process keeps for one key: several server objects of it share settings and queue. */
export type Desk = {
  settings: Settings
  delivery: Delivery
  history: History
  log: Log
  /** The server has a tool of its own by our name; it keeps it. */
  nameTaken: boolean
  /** Name and version of the server itself, as it last introduced itself to a client. */
  server?: { name: string; version?: string }
}

const desks = new Map<string, { desk: Desk; logger: Logger | undefined }>()

/** The desk behind this address and key. Hosts that make a server per request get the same one. */
export function deskAt(url: string, key: string, logger: Logger | undefined, timing: Timing): Desk {
  const id = JSON.stringify([url, key])
  const known = desks.get(id)
  if (known) {
    known.logger = logger ?? known.logger
    return known.desk
  }
  const log = createLog(() => desks.get(id)?.logger)
  const call = connect(url, key, timing)
  const settings: Settings = createSettings(
    () => call('query', 'support.settings', undefined, {}),
    () => delivery.resume(),
    log,
    timing,
  )
  const delivery = createDelivery(
    async (ticket, idempotencyKey, signal) => {
      const answer = await call(
        'mutation',
        'support.createTicket',
        ticket,
        { idempotencyKey },
        signal,
      )
      return asReceipt(answer)
    },
    (problem) => {
      if (problem.code === 'key_invalid' || problem.code === 'support_disabled') settings.revoke()
    },
    log,
    timing,
  )
  const desk: Desk = { settings, delivery, history: createHistory(), log, nameTaken: false }
  desks.set(id, { desk, logger })
  return desk
}

type Call = (
  type: 'query' | 'mutation',
  path: string,
  input: TicketInput | undefined,
  context: { idempotencyKey?: string },
  signal?: AbortSignal,
) => Promise<Answer<unknown>>

/** The desk's tRPC address, one request a call, each given up after a while. */
function connect(url: string, key: string, timing: Timing): Call {
  const client = createTRPCUntypedClient({
    links: [
      httpLink({
        url: `${url.replace(/\/+$/, '')}/trpc`,
        headers: ({ op }) => ({
          authorization: `Bearer ${key}`,
          'mcp-obs-sdk': sdkVersion,
          ...(typeof op.context.idempotencyKey === 'string' && {
            [idempotencyHeader]: op.context.idempotencyKey,
          }),
        }),
      }),
    ],
  })
  return async (type, path, input, context, signal) => {
    const timeout = new AbortController()
    const cancel = later(timing.attemptMs, () => timeout.abort())
    try {
      signal?.addEventListener('abort', () => timeout.abort(), { once: true })
      const options = { context, signal: timeout.signal }
      return { ok: true, value: await client[type](path, input, options) }
    } catch (error) {
      return { ok: false, problem: problemOf(error) }
    } finally {
      cancel()
    }
  }
}

/** A receipt without a reference did not come from the desk; something in between answered. */
const asReceipt = (answer: Answer<unknown>): Answer<Receipt> =>
  !answer.ok || typeof (answer.value as Receipt | null)?.reference === 'string'
    ? (answer as Answer<Receipt>)
    : { ok: false, problem: { message: 'not an answer of the desk', retry: true } }

function problemOf(error: unknown): Problem {
  const { data, meta, message } = error instanceof TRPCClientError ? error : new TRPCClientError('')
  const response = (meta as { response?: Response } | undefined)?.response
  const status: number | undefined = data?.httpStatus ?? response?.status
  const retry = !status || status < 400 || status >= 500 || status === 429 || status === 408
  const retryAfterMs = retryAfter(response?.headers?.get('retry-after'), data?.retryAfterSeconds)
  return {
    message: String(message).slice(0, 500),
    retry,
    ...(data?.code && { code: data.code as ProblemCode }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  }
}

/** RFC 9110 10.2.3: seconds, or a date. */
function retryAfter(header: string | null | undefined, seconds: unknown): number | undefined {
  const value = header ?? seconds
  if (value === null || value === undefined) return undefined
  const ms = Number.isFinite(Number(value))
    ? Number(value) * 1000
    : Date.parse(String(value)) - Date.now()
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined
}
