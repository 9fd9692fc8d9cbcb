import { z } from 'zod'
import { limits } from '#sdk/limits.ts'
import { composed, cut, storable } from '#src/lib/text.ts'

const text = (charsMax: number, charsMin = 1, kept = composed) =>
  z
    .string('a text is required')
    .transform(kept)
    .pipe(
      z
        .string()
        .trim()
        .min(charsMin, `at least ${charsMin} characters`)
        .max(charsMax, `at most ${charsMax} characters`),
    )
/** What only informs is left out when it makes no sense: it is no reason to refuse a ticket. */
const informs = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined)

const name = z
  .string()
  .transform(composed)
  .pipe(z.string().trim().min(1))
  .transform((given) => cut(given, limits.nameCharsMax))
/** Compared as it is, so nobody else becomes somebody by another spelling of the same letters. */
const identity = text(limits.identityCharsMax, 1, storable)
const email = z
  .string()
  .trim()
  .max(limits.emailCharsMax)
  .pipe(z.email('an e-mail address'))
  .transform((e) => e.toLowerCase())
const instant = z.iso.datetime({ offset: true })
const program = z.object({ name, version: informs(name) })

const call = z.object({
  tool: name,
  at: instant,
  durationMs: informs(z.number().nonnegative().max(limits.durationMsMax)),
  outcome: z.enum(['ok', 'error', 'pending']),
  arguments: z.unknown().optional(),
  error: informs(z.string().transform(composed)),
})
const calls = z
  .array(z.unknown())
  .catch([])
  .transform((given) =>
    given.slice(-limits.callsMax).flatMap((one) => call.safeParse(one).data ?? []),
  )

const context = z.object({
  calls,
  client: informs(program),
  server: informs(program),
  protocolVersion: informs(name),
  transport: informs(z.enum(['stdio', 'http', 'other'])),
  sessionId: informs(identity),
  sdkVersion: informs(name),
})

/** `TicketInput` of the contract as it arrives: hostile, bounded, unknown fields left out. */
export const ticketInput = z.object({
  title: text(limits.titleCharsMax, limits.titleCharsMin),
  description: text(limits.descriptionCharsMax),
  category: informs(text(limits.categoryCharsMax)),
  email: email.optional(),
  reporter: z
    .object({
      issuer: identity,
      subject: identity,
      email: informs(email),
      name: informs(name),
      sid: informs(identity),
    })
    .optional(),
  context: informs(context),
  raisedAt: informs(instant),
})

export type ParsedTicket = z.output<typeof ticketInput>
export type ParsedContext = z.output<typeof context>

/** The header that names a ticket across retries; without one, each request is a ticket. */
export const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]+$/, 'has printable ASCII characters only')
  .max(limits.idempotencyKeyCharsMax)
