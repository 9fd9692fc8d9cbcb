import { type AnyTRPCRouter, initTRPC, type TRPCError } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { z } from 'zod'
import { traceOf } from '#src/lib/log.ts'
import { readText, requireType } from './body.ts'
import { invalidInput, Problem, toProblem } from './problem.ts'
import type { Visit } from './route.ts'

/** What a procedure sees: the request and its admitted caller. */
export type Call<Caller> = { visit: Visit; caller: Caller }

/** tRPC whose errors carry our stable codes in `data.code`, as problem details do. */
export const trpcFor = <Caller>() =>
  initTRPC.context<Call<Caller>>().create({
    isDev: false,
    errorFormatter({ shape, error }) {
      const { code, status, title, detail, extra } = problemOf(error)
      return { ...shape, message: detail ?? title, data: { code, httpStatus: status, ...extra } }
    },
  })

/** What went wrong in a procedure, as a problem. */
export function problemOf(error: TRPCError): Problem {
  const { cause } = error
  if (cause instanceof z.ZodError) return invalidInput(cause)
  if (error.code === 'NOT_FOUND' && !cause) return new Problem('not_found', 'No such procedure.')
  if (error.code === 'METHOD_NOT_SUPPORTED') return new Problem('bad_request', error.message)
  if (error.code === 'BAD_REQUEST' || error.code === 'PARSE_ERROR')
    return new Problem('bad_request', 'The input can’t be read.')
  return toProblem(cause ?? error)
}

/** Runs one procedure of a router. Batches are refused: one call, one answer, one status. */
export function serveTrpc<Caller>(router: AnyTRPCRouter) {
  return async (visit: Visit, caller: Caller): Promise<Response> => {
    const { request, url, params, desk } = visit
    const procedure = params.procedure ?? ''
    return fetchRequestHandler({
      endpoint: url.pathname.slice(0, -procedure.length - 1),
      router,
      req: await checked(request),
      allowBatching: false,
      createContext: (): Call<Caller> => ({ visit, caller }),
      responseMeta: ({ errors }) => metaOf(errors[0]),
      onError: ({ error }) => {
        const { status } = problemOf(error)
        if (status >= 500)
          desk.log('error', 'procedure failed', { procedure, error: traceOf(error.cause ?? error) })
      },
    })
  }
}

/** tRPC would also run a mutation from a form; ours take JSON, strict and bounded. */
async function checked(request: Request): Promise<Request> {
  if (request.method === 'GET') return request
  requireType(request, 'application/json')
  const { url, method, headers } = request
  return new Request(url, { method, headers, body: await readText(request) })
}

function metaOf(error: TRPCError | undefined) {
  if (!error) return {}
  const { status, extra } = problemOf(error)
  const headers = new Headers()
  if (extra.retryAfterSeconds !== undefined)
    headers.set('retry-after', String(extra.retryAfterSeconds))
  return { status, headers }
}
