import { z } from 'zod'
import { newId } from '#src/lib/ids.ts'
import { isId } from '#src/staff/forms.ts'
import type { TicketFilter } from '#src/tickets/filter.ts'
import type { Setting } from '#src/tickets/setting.ts'
import { priorities, statuses } from '#src/tickets/ticket.ts'
import { isFresh } from '#src/tickets/undoing/fresh.ts'
import type { Chosen } from './chosen.ts'
import { underWayMs } from './leaving.ts'

/** Tickets that one request may name. */
const namedMax = 500

const number = z.coerce.number().int().min(1).max(999_999_999)
/** What an id can tell: 48 bits. */
const timeMsMax = 2 ** 48 - 1
const tickets = z.coerce.number().int().min(0).max(999_999_999).optional()
const value = z.union([
  z.object({ status: z.enum(statuses), priority: z.undefined().optional() }),
  z.object({ priority: z.enum(priorities), status: z.undefined().optional() }),
])
const schema = z.object({
  number: z.array(number).max(namedMax),
  all: z.enum(['1']).optional(),
  apply: z.enum(['1']).optional(),
  before: number.optional(),
  seen: z.coerce.number().int().min(underWayMs).max(timeMsMax).optional(),
  done: tickets,
  left: tickets,
  change: z
    .string()
    .refine((id) => isId(id) && isFresh(id))
    .optional(),
})

export type BulkForm = {
  chosen: Chosen
  setting: Setting
  /** Whether it is done, not only counted. */
  isSure: boolean
  before: number | null
  /** When the tickets were shown; null where a form does not say. */
  seenMs: number | null
  /** Tickets that earlier requests of the same change have changed, and that they have left. */
  done: number
  left: number
  changeId: string
}

/** What a form asks of many tickets, or null where it makes no sense. */
export function parseBulk(fields: URLSearchParams, filter: TicketFilter): BulkForm | null {
  const given = { ...Object.fromEntries(fields), number: fields.getAll('number') }
  const [form, asked] = [schema.safeParse(given), value.safeParse(given)]
  if (!form.success || !asked.success) return null
  const { all, apply, before = null, seen = null, done = 0, left = 0, change } = form.data
  const numbers = form.data.number
  if (!all && numbers.length === 0) return null
  const { status, priority } = asked.data
  return {
    chosen: all ? { filter } : { numbers },
    setting: status ? { field: 'status', value: status } : { field: 'priority', value: priority },
    isSure: apply === '1',
    before,
    seenMs: seen,
    done,
    left,
    changeId: change ?? newId(),
  }
}
