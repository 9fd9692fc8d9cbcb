import { z } from 'zod'
import { newId } from '#src/lib/ids.ts'
import { isId } from '#src/staff/forms.ts'
import type { TicketFilter } from '#src/tickets/filter.ts'
import type { Setting } from '#src/tickets/setting.ts'
import { priorities, statuses } from '#src/tickets/ticket.ts'
import { isFresh } from '#src/tickets/undoing/fresh.ts'
import type { Chosen } from './chosen.ts'

/** Tickets that one request may name. */
const namedMax = 500

const number = z.coerce.number().int().min(1).max(999_999_999)
const value = z.union([
  z.object({ status: z.enum(statuses), priority: z.undefined().optional() }),
  z.object({ priority: z.enum(priorities), status: z.undefined().optional() }),
])
const schema = z.object({
  number: z.array(number).max(namedMax),
  all: z.enum(['1']).optional(),
  apply: z.enum(['1']).optional(),
  before: number.optional(),
  done: z.coerce.number().int().min(0).optional(),
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
  /** Tickets that earlier requests of the same change have changed. */
  done: number
  changeId: string
}

/** What a form asks of many tickets, or null where it makes no sense. */
export function parseBulk(fields: URLSearchParams, filter: TicketFilter): BulkForm | null {
  const given = { ...Object.fromEntries(fields), number: fields.getAll('number') }
  const [form, asked] = [schema.safeParse(given), value.safeParse(given)]
  if (!form.success || !asked.success) return null
  const { all, apply, before = null, done = 0, change, number: numbers } = form.data
  if (!all && numbers.length === 0) return null
  const { status, priority } = asked.data
  return {
    chosen: all ? { filter } : { numbers },
    setting: status ? { field: 'status', value: status } : { field: 'priority', value: priority },
    isSure: apply === '1',
    before,
    done,
    changeId: change ?? newId(),
  }
}
