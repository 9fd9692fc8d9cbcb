import { z } from 'zod'
import { limits } from '#sdk/limits.ts'
import { storable } from '#src/lib/text.ts'

const text = (charsMax: number, charsMin = 1) =>
  z
    .string('a text is required')
    .transform(storable)
    .pipe(
      z
        .string()
        .trim()
        .min(charsMin, `at least ${charsMin} characters`)
        .max(charsMax, `at most ${charsMax} characters`),
    )
const short = text(200)
const identity = text(limits.identityCharsMax)
const email = z
  .string()
  .trim()
  .max(limits.emailCharsMax)
  .pipe(z.email('an e-mail address'))
  .transform((e) => e.toLowerCase())
const program = z.object({ name: short, version: short.optional() })

const call = z.object({
  tool: short,
  at: z.iso.datetime({ offset: true }),
  durationMs: z.number().nonnegative().max(86_400_000).optional(),
  outcome: z.enum(['ok', 'error', 'pending']),
  arguments: z.unknown().optional(),
  error: z.string().transform(storable).optional(),
})

const context = z.object({
  calls: z.array(call).max(limits.callsMax),
  client: program.optional(),
  server: program.optional(),
  protocolVersion: short.optional(),
  transport: z.enum(['stdio', 'http', 'other']).optional(),
  sessionId: text(limits.identityCharsMax).optional(),
  sdkVersion: short.optional(),
})

/** `TicketInput` of the contract as it arrives: hostile, bounded, unknown fields left out. */
export const ticketInput = z.object({
  title: text(limits.titleCharsMax, limits.titleCharsMin),
  description: text(limits.descriptionCharsMax),
  category: text(limits.categoryCharsMax).optional().catch(undefined),
  email: email.optional(),
  reporter: z
    .object({
      issuer: identity,
      subject: identity,
      email: email.optional(),
      name: short.optional(),
    })
    .optional(),
  context: context.optional(),
  raisedAt: z.iso.datetime({ offset: true }).optional(),
})

export type ParsedTicket = z.output<typeof ticketInput>
export type ParsedContext = z.output<typeof context>

/** The header that names a ticket across retries; without one, each request is a ticket. */
export const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]+$/, 'has printable ASCII characters only')
  .max(limits.idempotencyKeyCharsMax)
