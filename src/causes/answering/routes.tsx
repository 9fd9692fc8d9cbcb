import { z } from 'zod'
import type { AnswerText } from '#src/causes/answer.ts'
import { causePage } from '#src/causes/showing/routes.tsx'
import type { Member } from '#src/staff/who.ts'
import { numberOf } from '#src/tickets/number.ts'
import { readForm } from '#src/web/body.ts'
import { Problem } from '#src/web/problem.ts'
import { partial, redirect, wantsPartial } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { Preview } from '#views/causes/preview.tsx'
import { causePath } from '#views/paths.ts'
import { previewOf, readAnswer, type TypedAnswer, typedAnswer } from './form.ts'
import { saveAnswer } from './saving.ts'

const version = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number)

/**
 * `POST /{organization}/causes/{number}/answer`: `body`, 1 to 500 characters that can be seen,
 * `link`, empty or an https address, and `was`, the newest version that was shown or 0. Back to the
 * page; 422 with the form; 409 where somebody else was first.
 */
export async function postAnswer(visit: Visit, member: Member): Promise<Response> {
  const sent = await readForm(visit.request)
  const typed = typedAnswer(sent)
  const read = readAnswer(sent)
  if (!read.ok) return causePage(visit, member, { typed, problems: read.problems, status: 422 })
  return save(visit, member, { answer: read.data, was: wasOf(sent), typed })
}

/** `POST /{organization}/causes/{number}/answer/removal`: `was`, as above. */
export async function removeAnswer(visit: Visit, member: Member): Promise<Response> {
  const was = wasOf(await readForm(visit.request))
  return save(visit, member, { answer: null, was })
}

/**
 * `POST /{organization}/causes/{number}/answer/preview`: what a model would be told of `body` and
 * `link`, as a part of the page or on it. Nothing is kept.
 */
export async function previewAnswer(visit: Visit, member: Member): Promise<Response> {
  const sent = await readForm(visit.request)
  if (wantsPartial(visit.request)) return partial(<Preview preview={previewOf(sent)} />)
  return causePage(visit, member, { typed: typedAnswer(sent) })
}

function wasOf({ was }: Record<string, string>): number {
  const read = version.safeParse(was)
  if (!read.success) throw new Problem('input_invalid', 'Which version was edited is missing.')
  return read.data
}

type Saved = { answer: AnswerText | null; was: number; typed?: TypedAnswer }

async function save(visit: Visit, member: Member, { typed, ...asked }: Saved): Promise<Response> {
  const { scope, staff, organization } = member
  const number = numberOf(visit.params)
  const saved = await saveAnswer(scope, { number, staffId: staff.id, ...asked })
  if (saved.ok) return redirect(`${causePath(organization.slug, number)}#answer`)
  if (saved.reason === 'not_found') throw new Problem('not_found')
  return causePage(visit, member, { ...(typed && { typed }), conflict: 'answer', status: 409 })
}
