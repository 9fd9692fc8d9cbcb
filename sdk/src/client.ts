import { idempotencyHeader, type ProblemCode } from './contract.ts'
import { ForeignAnswer, fetchJson } from './fetch.ts'
import type { Log } from './log.ts'
import { later, type Timing } from './timing.ts'
import { createTRPCUntypedClient, httpLink, TRPCClientError } from './trpc.ts'
import { sdkVersion } from './version.ts'

/** Why the desk did not do what it was asked, and whether asking again can help. */
export type Problem = {
  code?: ProblemCode
  message: string
  retry: boolean
  retryAfterMs?: number
  /** Nobody answered, or only a gateway that could not reach the desk. */
  unanswered?: true
}

export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem }

type Operation = { idempotencyKey?: string; signal?: AbortSignal; withinMs?: number }

/** Calls a procedure of the desk. Never throws; gives up after `withinMs`. */
export type Call = (
  type: 'query' | 'mutation',
  path: 'support.settings' | 'support.createTicket' | 'support.checkTickets',
  input?: unknown,
  operation?: Operation,
) => Promise<Answer<unknown>>

/** The desk's tRPC address, one HTTP request for each call. */
export function createClient(url: string, key: string, log: Log, timing: Timing): Call {
  const client = createTRPCUntypedClient({
    links: [
      httpLink({
        url: `${url.replace(/\/+$/, '')}/trpc`,
        fetch: fetchJson,
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
  return async (type, path, input, operation = {}) => {
    const { idempotencyKey, signal, withinMs = timing.attemptMs } = operation
    const foreign = `something else answered ${path}`
    const attempt = new AbortController()
    const cancel = later(withinMs, () => attempt.abort())
    const callOff = () => attempt.abort()
    signal?.addEventListener('abort', callOff, { once: true })
    if (signal?.aborted) callOff()
    try {
      const options = { context: { idempotencyKey }, signal: attempt.signal }
      const value = await client[type](path, input, options)
      log.forget(foreign)
      return { ok: true, value }
    } catch (error) {
      const { cause } = error as Error
      if (cause instanceof ForeignAnswer)
        log.once('warn', `it is not the desk that answers: ${cause.message}`, foreign)
      return { ok: false, problem: problemOf(error, timing.retryAfterMsMax) }
    } finally {
      cancel()
      signal?.removeEventListener('abort', callOff)
    }
  }
}

/** Which answers of the desk are its last word. What has no such code came from in between. */
const final: Record<ProblemCode, boolean> = {
  key_invalid: true,
  support_disabled: true,
  identity_required: true,
  identity_invalid: true,
  input_invalid: true,
  idempotency_conflict: true,
  too_large: true,
  too_many: false,
  not_found: true,
  cross_site: true,
  sign_in_required: true,
  bad_request: true,
  unavailable: false,
  internal: false,
}

/** What gateways answer where they get no answer themselves (RFC 9110 15.6). */
const unreached = [502, 503, 504]

function problemOf(error: unknown, retryAfterMsMax: number): Problem {
  const { data, meta, message, cause } = TRPCClientError.from(error as Error)
  const response = meta?.response as Response | undefined
  const code: ProblemCode | undefined = Object.hasOwn(final, data?.code) ? data.code : undefined
  const { status, headers } = cause instanceof ForeignAnswer ? cause : (response ?? {})
  const wait = retryAfter(headers?.get('retry-after') ?? data?.retryAfterSeconds)
  return {
    message: message.slice(0, 500),
    retry: !code || !final[code],
    ...(code && { code }),
    ...(wait !== undefined && { retryAfterMs: Math.min(wait, retryAfterMsMax) }),
    ...(!code && (!status || unreached.includes(status)) && { unanswered: true }),
  }
}

/** Seconds, or a date (RFC 9110 10.2.3). What is over already, or never was, says nothing. */
function retryAfter(value: unknown): number | undefined {
  const seconds = Number(value ?? undefined)
  const ms = Number.isNaN(seconds) ? Date.parse(String(value)) - Date.now() : seconds * 1000
  return ms > 0 ? ms : undefined
}
