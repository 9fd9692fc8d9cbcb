import { z } from 'zod'
import { limits } from '#sdk/limits.ts'
import { ticketInput } from '../input.ts'

/** Nobody is known by an e-mail or a name. */
const reporter = ticketInput.shape.reporter
  .unwrap()
  .pick({ issuer: true, subject: true, sid: true })

/** `CheckInput` of the contract as it arrives; identifiers are read as they are with tickets. */
export const checkInput = z.object({
  reporter: reporter.optional(),
  sessionId: reporter.shape.subject.optional(),
  reference: z.string().trim().max(limits.referenceCharsMax).optional(),
})

export type ParsedCheck = z.output<typeof checkInput>
