import { previewOf, type TypedAnswer } from '#src/causes/answering/form.ts'
import { framed } from '#src/staff/frame.tsx'
import type { Member } from '#src/staff/who.ts'
import { numberOf } from '#src/tickets/number.ts'
import { Problem } from '#src/web/problem.ts'
import { partial, wantsPartial } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { CauseShow, type CauseShowProps } from '#views/causes/show.tsx'
import { CauseState } from '#views/causes/state.tsx'
import { titleOf } from '#views/causes/words.ts'
import { readCause } from './queries.ts'

/** `GET /{organization}/causes/{number}`: the page, or how the cause stands as a part of it. */
export async function showCause(visit: Visit, member: Member): Promise<Response> {
  if (!wantsPartial(visit.request)) return causePage(visit, member)
  const cause = await readCause(member.scope, numberOf(visit.params))
  if (!cause) throw new Problem('not_found')
  const { slug } = member.organization
  return partial(<CauseState organization={slug} cause={cause} now={new Date()} />)
}

type Shown = Partial<Pick<CauseShowProps, 'conflict' | 'problems'>> & {
  /** What was typed; else the form holds the answer as it is. */
  typed?: TypedAnswer
  status?: number
}

/** The whole page of a cause, after a form too. */
export async function causePage(
  { params }: Visit,
  member: Member,
  { typed, problems = {}, conflict, status = 200 }: Shown = {},
): Promise<Response> {
  const cause = await readCause(member.scope, numberOf(params))
  if (!cause) throw new Problem('not_found')
  const [newest] = cause.answers
  const form = typed ?? { body: newest?.body ?? '', link: newest?.link ?? '' }
  return framed(
    member,
    { title: titleOf(cause), active: 'causes', status },
    <CauseShow
      organization={member.organization}
      cause={cause}
      typed={form}
      preview={previewOf(form)}
      problems={problems}
      conflict={conflict}
      now={new Date()}
    />,
  )
}
