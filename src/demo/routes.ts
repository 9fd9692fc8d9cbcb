import type { Member } from '#src/staff/who.ts'
import { Problem } from '#src/web/problem.ts'
import { redirect } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { removeDemo } from './removing.ts'

/** `POST /{organization}/removal`: of a demo, with everything in it. No other has this address. */
export async function postRemoval(_: Visit, { scope }: Member): Promise<Response> {
  if (!(await removeDemo(scope))) throw new Problem('not_found')
  return redirect('/')
}
