import { initTRPC, TRPCError } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import type {
  CheckInput,
  ProblemCode,
  Receipt,
  SupportSettings,
  TicketInput,
} from '../../sdk/src/contract.ts'
import { type Timing, timing } from '../../sdk/src/timing.ts'

/** Plays the desk over real HTTP, as its wire contract has it, and remembers what it was sent. */
export function openDesk(settings: Partial<SupportSettings> = {}) {
  const state = {
    settings: { ...docuApi, ...settings },
    received: [] as { ticket: TicketInput; key: string; authorization: string }[],
    asked: 0,
    attempts: [] as { key: string; at: number }[],
    /** What to answer instead of a receipt, once for each entry. */
    refusals: [] as Refusal[],
    refuseSettings: undefined as Refusal | undefined,
    delayMs: 0,
    settingsDelayMs: 0,
    /** What something between answers to a ticket instead of the desk, once for each entry. */
    between: [] as Response[],
    receipt: {} as Partial<Receipt>,
    /** Who asked what became of tickets, and what they are told. */
    checked: [] as CheckInput[],
    tickets: [] as unknown,
    refuseCheck: undefined as Refusal | undefined,
    checkDelayMs: 0,
  }
  const references = new Map<string, string>()
  const bodies = new Map<string, string>()

  const t = initTRPC.context<{ headers: Headers; response: Headers }>().create({
    errorFormatter: ({ shape, error }) => {
      const refusal = error.cause as Refused | undefined
      if (!(refusal instanceof Refused)) return shape
      return { ...shape, data: { ...shape.data, code: refusal.code, httpStatus: refusal.status } }
    },
  })
  const refuse = (refusal: Refusal, response: Headers) => {
    if (refusal.retryAfter !== undefined) response.set('retry-after', String(refusal.retryAfter))
    throw new TRPCError({
      code: codes[refusal.status],
      message: refusal.message ?? refusal.code,
      cause: new Refused(refusal.code, refusal.status),
    })
  }
  const router = t.router({
    support: t.router({
      settings: t.procedure.query(async ({ ctx }) => {
        state.asked++
        if (state.settingsDelayMs) await Bun.sleep(state.settingsDelayMs)
        if (state.refuseSettings) refuse(state.refuseSettings, ctx.response)
        return state.settings
      }),
      createTicket: t.procedure
        .input((input) => input as TicketInput)
        .mutation(async ({ input, ctx }): Promise<Receipt> => {
          const key = ctx.headers.get('idempotency-key') ?? ''
          state.attempts.push({ key, at: Date.now() })
          const body = JSON.stringify(input)
          if ((bodies.get(key) ?? body) !== body)
            refuse({ code: 'idempotency_conflict', status: 409 }, ctx.response)
          bodies.set(key, body)
          const refusal = state.refusals.shift()
          if (state.delayMs) await Bun.sleep(state.delayMs)
          if (refusal) refuse(refusal, ctx.response)
          if (!references.has(key)) {
            references.set(key, `DOCUAPI-${references.size + 1}`)
            const authorization = ctx.headers.get('authorization') ?? ''
            state.received.push({ ticket: input, key, authorization })
          }
          const reference = references.get(key) ?? ''
          const createdAt = new Date().toISOString()
          return { reference, status: 'open', createdAt, ...state.receipt }
        }),
      checkTickets: t.procedure
        .input((input) => input as CheckInput)
        .mutation(async ({ input, ctx }) => {
          state.checked.push(input)
          if (state.checkDelayMs) await Bun.sleep(state.checkDelayMs)
          if (state.refuseCheck) refuse(state.refuseCheck, ctx.response)
          return { tickets: state.tickets }
        }),
    }),
  })

  const serve = (port: number) =>
    Bun.serve({
      port,
      hostname: '127.0.0.1',
      fetch: (req) => {
        const between = req.method === 'POST' ? state.between.shift() : undefined
        if (between) return between
        const response = new Headers()
        return fetchRequestHandler({
          endpoint: '/s/docuapi/trpc',
          req,
          router,
          createContext: () => ({ headers: req.headers, response }),
          responseMeta: () => ({ headers: response }),
        })
      },
    })
  let server = serve(0)
  const port = server.port ?? 0
  return Object.assign(state, {
    url: `http://127.0.0.1:${port}/s/docuapi`,
    goAway: () => server.stop(true),
    comeBack: () => {
      server = serve(port)
    },
    close: () => server.stop(true),
  })
}

export type DeskDouble = ReturnType<typeof openDesk>

export type Refusal = {
  code: ProblemCode
  status: keyof typeof codes
  message?: string
  retryAfter?: number
}

class Refused extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly status: number,
  ) {
    super(code)
  }
}

const codes = {
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  409: 'CONFLICT',
  422: 'UNPROCESSABLE_CONTENT',
  429: 'TOO_MANY_REQUESTS',
  500: 'INTERNAL_SERVER_ERROR',
  503: 'SERVICE_UNAVAILABLE',
} as const

const docuApi: SupportSettings = {
  enabled: true,
  title: 'Get support',
  description: 'Report issues or ask questions about using DocuAPI.',
  categories: ['Bug', 'Question', 'Feature request', 'Other'],
  auth: 'none',
  context: 'call',
  serverName: 'DocuAPI',
  claims: { email: 'email', name: 'name' },
  check: false,
}

/** The SDK's waits, shortened so that a test of them is fast. */
export const quick: Timing = {
  ...timing,
  answerMs: 400,
  attemptMs: 1_000,
  backoffMs: 40,
  backoffMsMax: 80,
  restMs: 20,
  settingsRetryMs: 0,
  flushMs: 2_000,
}

/** A desk of its own for every test: settings, queue and history are kept by address and key. */
let keys = 0
export const newKey = () => `sk_test_${++keys}`

export async function until(condition: () => boolean, ms = 3_000): Promise<void> {
  const deadline = Date.now() + ms
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`still not: ${condition}`)
    await Bun.sleep(5)
  }
}
