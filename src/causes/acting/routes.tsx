import { z } from 'zod'
import { visibleText } from '#sdk/visible.ts'
import { causeNameCharsMax } from '#src/causes/cause.ts'
import { fixCause } from '#src/causes/fixing.ts'
import type { CauseChanged } from '#src/causes/holding.ts'
import { renameCause } from '#src/causes/renaming.ts'
import { causePage } from '#src/causes/showing/routes.tsx'
import type { Member } from '#src/staff/who.ts'
import { numberOf } from '#src/tickets/number.ts'
import { readForm } from '#src/web/body.ts'
import { Problem } from '#src/web/problem.ts'
import { redirect } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { causePath } from '#views/paths.ts'

const statusForm = z.object({ status: z.enum(['open', 'fixed']), was: z.string().default('') })

/** A name on one line, of what can be seen; null where nothing is left of it. */
const nameText = z
  .string()
  .transform((text) => visibleText(text).replace(/\s+/g, ' ') || null)
  .pipe(z.string().max(causeNameCharsMax).nullable())
const nameForm = z.object({ name: nameText, was: z.string().default('') })

/**
 * `POST /{organization}/causes/{number}/status`: `status`, `open` or `fixed`, and `was`, when it had
 * been fixed or came back as that was shown; 409 where it has been since.
 */
export async function postCauseStatus(visit: Visit, member: Member): Promise<Response> {
  const form = statusForm.safeParse(await readForm(visit.request))
  if (!form.success) throw new Problem('input_invalid', 'A cause is open or fixed.')
  const { number, staffId } = by(visit, member)
  const { status, was } = form.data
  const asked = { number, fixed: status === 'fixed', was, staffId }
  return answer(visit, member, 'state', await fixCause(member.scope, asked))
}

/**
 * `POST /{organization}/causes/{number}/name`: `name`, empty for none, and `was` for the one that
 * was shown; 409 where somebody else was first.
 */
export async function postCauseName(visit: Visit, member: Member): Promise<Response> {
  const form = nameForm.safeParse(await readForm(visit.request))
  if (!form.success)
    throw new Problem('input_invalid', `A name has at most ${causeNameCharsMax} characters.`)
  const { name, was } = form.data
  const renamed = await renameCause(member.scope, {
    ...by(visit, member),
    name,
    was: was || null,
  })
  return answer(visit, member, 'name', renamed)
}

const by = ({ params }: Visit, { staff }: Member) => ({
  number: numberOf(params),
  staffId: staff.id,
})

/** Back to the page, or on it what came between. */
function answer(
  visit: Visit,
  member: Member,
  conflict: 'name' | 'state',
  changed: CauseChanged,
): Response | Promise<Response> {
  if (changed.ok) return redirect(causePath(member.organization.slug, numberOf(visit.params)))
  if (changed.reason === 'not_found') throw new Problem('not_found')
  return causePage(visit, member, { conflict, status: 409 })
}
