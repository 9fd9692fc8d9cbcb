import { createTRPCUntypedClient, httpLink, TRPCClientError } from '@trpc/client'
import { idempotencyHeader, type ProblemCode } from './contract.ts'
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

type Operation = { idempotencyKey?: string; signal?: AbortSignal }

/** Calls a procedure of the desk. Never throws; gives up after `timing.attemptMs`. */
export type Call = (
  type: 'query' | 'mutation',
  path: 'support.settings' | 'support.createTicket',
  input?: unknown,
  operation?: Operation,
) => Promise<Answer<unknown>>

/** The desk's tRPC address, one HTTP request for each call. */
export function createClient(url: string, key: string, timing: Timing): Call {
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
  return async (type, path, input, { idempotencyKey, signal } = {}) => {
    const attempt = new AbortController()
    const cancel = later(timing.attemptMs, () => attempt.abort())
    signal?.addEventListener('abort', () => attempt.abort(), { once: true })
    try {
      const options = { context: { idempotencyKey }, signal: attempt.signal }
      return { ok: true, value: await client[type](path, input, options) }
    } catch (error) {
      return { ok: false, problem: problemOf(error) }
    } finally {
      cancel()
    }
  }
}

function problemOf(error: unknown): Problem {
  const { data, meta, message } = TRPCClientError.from(error as Error)
  const response = meta?.response as Response | undefined
  const status: number | undefined = data?.httpStatus ?? response?.status
  const retryAfterMs = retryAfter(response?.headers?.get('retry-after') ?? data?.retryAfterSeconds)
  return {
    message: message.slice(0, 500),
    retry: !status || status < 400 || status >= 500 || status === 429 || status === 408,
    ...(data?.code && { code: data.code as ProblemCode }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  }
}

/** Seconds, or a date (RFC 9110 10.2.3). */
function retryAfter(value: unknown): number | undefined {
  if (value === null || value === undefined) return undefined
  const seconds = Number(value)
  const ms = Number.isNaN(seconds) ? Date.parse(String(value)) - Date.now() : seconds * 1000
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined
}
