import { z } from 'zod'
import { storable } from '#src/lib/text.ts'
import type { Member } from '#src/staff/who.ts'
import { blockReporter } from '#src/tickets/blocking.ts'
import { type Changed, changeTicket } from '#src/tickets/changing.ts'
import { parseFilter } from '#src/tickets/filter.ts'
import { addNote } from '#src/tickets/notes.ts'
import { numberOf } from '#src/tickets/number.ts'
import { setRead } from '#src/tickets/reading.ts'
import type { Setting } from '#src/tickets/setting.ts'
import { ticketPage, ticketState } from '#src/tickets/showing/routes.tsx'
import { noteCharsMax, priorities, statuses } from '#src/tickets/ticket.ts'
import { readForm } from '#src/web/body.ts'
import { Problem } from '#src/web/problem.ts'
import { redirect, wantsPartial } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { changedPath, inboxPath, ticketPath, undoPath } from '#views/paths.ts'
import { changeText } from '#views/tickets/words.ts'

const statusForm = z.object({ status: z.enum(statuses), was: z.enum(statuses).optional() })
const priorityForm = z.object({ priority: z.enum(priorities), was: z.enum(priorities).optional() })
const blockForm = z.object({ block: z.enum(['on', 'off']) })
const noteForm = z.object({
  body: z
    .string('Write something.')
    .transform((text) => storable(text.replace(/\r\n?/g, '\n')).trim())
    .pipe(z.string().min(1, 'Write something.').max(noteCharsMax, 'This is too long.')),
})

/** A form, or the sentence about it. */
async function formOf<T>({ request }: Visit, schema: z.ZodType<T>, sentence: string): Promise<T> {
  const form = schema.safeParse(await readForm(request))
  if (!form.success) throw new Problem('input_invalid', sentence)
  return form.data
}

/**
 * `POST /{organization}/tickets/{number}/status`: `status`, and `was` for the one that was shown.
 * The parts that changed, or back to the page; 409 where somebody else was first.
 */
export async function postStatus(visit: Visit, member: Member): Promise<Response> {
  const sentence = `A status is one of ${statuses.join(', ')}.`
  const { status: value, was } = await formOf(visit, statusForm, sentence)
  return change(visit, member, { field: 'status', value }, was)
}

/** `POST /{organization}/tickets/{number}/priority`: `priority` and `was`, as for a status. */
export async function postPriority(visit: Visit, member: Member): Promise<Response> {
  const sentence = `A priority is one of ${priorities.join(', ')}.`
  const { priority: value, was } = await formOf(visit, priorityForm, sentence)
  return change(visit, member, { field: 'priority', value }, was)
}

async function change(visit: Visit, by: Member, setting: Setting, was: string | undefined) {
  const number = numberOf(visit.params)
  const asked = { number, staffId: by.staff.id, was, ...setting }
  const changed = await changeTicket(by.scope, asked)
  if (changed.ok) {
    const action = `${setting.field}_changed` as const
    return answer(visit, by, changed, { action, newValue: setting.value })
  }
  if (changed.reason === 'not_found') throw new Problem('not_found')
  const conflict = { conflict: setting.field, status: 409 }
  return wantsPartial(visit.request)
    ? ticketState(visit, by, conflict)
    : ticketPage(visit, by, conflict)
}

/** `POST /{organization}/tickets/{number}/block`: `block`, `on` or `off`, of who raised it. */
export async function postBlock(visit: Visit, member: Member): Promise<Response> {
  const form = await formOf(visit, blockForm, 'Block is on or off.')
  const block = form.block === 'on'
  const number = numberOf(visit.params)
  const blocked = await blockReporter(member.scope, { number, block, staffId: member.staff.id })
  if (blocked.ok)
    return answer(visit, member, blocked, {
      action: block ? 'reporter_blocked' : 'reporter_unblocked',
      newValue: null,
    })
  if (blocked.reason !== 'nobody') throw new Problem('not_found')
  throw new Problem('input_invalid', 'Nothing tells who raised this ticket from others.')
}

/** `POST /{organization}/tickets/{number}/notes`: `body`, 1 to 4,000 characters. */
export async function postNote(visit: Visit, member: Member): Promise<Response> {
  const fields = await readForm(visit.request)
  const form = noteForm.safeParse(fields)
  const number = numberOf(visit.params)
  if (!form.success) {
    const problem = form.error.issues[0]?.message ?? ''
    if (wantsPartial(visit.request)) throw new Problem('input_invalid', problem)
    return ticketPage(visit, member, { note: { body: fields.body ?? '', problem }, status: 422 })
  }
  const { scope, staff } = member
  const noted = await addNote(scope, { number, staffId: staff.id, ...form.data })
  if (!noted.ok) throw new Problem('not_found')
  if (!wantsPartial(visit.request)) return redirect(`${pathOf(visit, member)}#history`)
  return ticketState(visit, member, { isNoted: true, done: { text: 'Noted' } })
}

/** `POST /{organization}/tickets/{number}/unread`: it looks new to all staff; to the list. */
export async function postUnread({ params, url }: Visit, { organization, scope }: Member) {
  if (!(await setRead(scope, numberOf(params), false))) throw new Problem('not_found')
  return redirect(inboxPath(organization.slug, parseFilter(url.searchParams)))
}

/** `POST /{organization}/tickets/{number}/read`: a page that was fetched ahead is looked at. */
export async function postRead({ params }: Visit, { scope }: Member): Promise<Response> {
  if (!(await setRead(scope, numberOf(params), true))) throw new Problem('not_found')
  return new Response(null, { status: 204 })
}

type Done = Pick<Parameters<typeof changeText>[0], 'action' | 'newValue'>

/** What was done, and how to undo it: as parts of the page, or on it. */
function answer(
  visit: Visit,
  member: Member,
  { changeId }: Extract<Changed, { ok: true }>,
  what: Done,
) {
  const path = pathOf(visit, member)
  if (!wantsPartial(visit.request)) return redirect(changeId ? changedPath(path, changeId) : path)
  const number = numberOf(visit.params)
  const one = { number, tickets: { n: 1, more: false }, isUndone: false }
  const undo = changeId ? undoPath(member.organization.slug, changeId) : undefined
  return ticketState(visit, member, { done: { text: changeText({ ...what, ...one }), undo } })
}

const pathOf = ({ params, url }: Visit, { organization }: Member): string =>
  ticketPath(organization.slug, numberOf(params), parseFilter(url.searchParams))
