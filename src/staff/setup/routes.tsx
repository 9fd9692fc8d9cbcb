import { z } from 'zod'
import { slugProblem } from '#src/lib/slug.ts'
import { countAttempt } from '#src/staff/attempts.ts'
import {
  emailField,
  nameField,
  parseForm,
  passwordField,
  personNameField,
} from '#src/staff/forms.ts'
import { hasStaff } from '#src/staff/queries.ts'
import { beginSession } from '#src/staff/session.ts'
import { networkOf } from '#src/web/address.ts'
import { readForm } from '#src/web/body.ts'
import { page, redirect, shownOnce } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { newServerPath } from '#views/paths.ts'
import { SetupPage, type SetupPageProps } from '#views/staff/setup.tsx'
import { SetupClosedPage } from '#views/staff/setup-closed.tsx'
import { claimDesk } from './claiming.ts'
import { isSetupToken } from './queries.ts'

/** `GET /setup?token=TOKEN`, as the program printed it. A link that opens nothing: 404. */
export async function showSetup(visit: Visit): Promise<Response> {
  const token = visit.url.searchParams.get('token') ?? ''
  return (await whyClosed(visit, token)) ?? setup(visit, { token })
}

const setupForm = z.object({
  token: z.string(),
  organization: nameField,
  slug: z
    .string()
    .default('')
    .transform((slug, context) => {
      const given = slug.trim() || undefined
      const wrong = given && slugProblem(given)
      if (wrong) context.addIssue({ code: 'custom', message: `The slug ${wrong}.` })
      return given
    }),
  name: personNameField,
  email: emailField,
  password: passwordField,
})

/**
 * `POST /setup`: `token`, `organization`, `slug` (made of the name when empty), `name`, `email`,
 * `password`. To the first server; 422 with the form; 404 when the link opens nothing any more.
 */
export async function claimSetup(visit: Visit): Promise<Response> {
  const form = await readForm(visit.request)
  const token = form.token ?? ''
  const closed = await whyClosed(visit, token)
  if (closed) return closed
  const { password: _, ...typed } = form
  const parsed = parseForm(setupForm, form)
  if (!parsed.ok) return setup(visit, { token, typed, problems: parsed.problems })
  const { organization, slug, ...owner } = parsed.data
  const claim = { ...owner, organization: { name: organization, slug } }
  const claimed = await claimDesk(visit.desk.database, claim)
  if (claimed.ok) {
    await beginSession(visit, claimed.staffId)
    return redirect(newServerPath(claimed.organization.slug))
  }
  if (claimed.reason === 'closed') return closedPage(true)
  return setup(visit, { token, typed, problems: { slug: claimed.problem } })
}

async function whyClosed({ desk, address }: Visit, token: string): Promise<Response | null> {
  if (await hasStaff(desk.database)) return closedPage(true)
  await countAttempt(desk.database, 'setup', networkOf(address))
  return (await isSetupToken(desk.database, token)) ? null : closedPage(false)
}

const closedPage = (isSetUp: boolean) =>
  page(<SetupClosedPage isSetUp={isSetUp} />, { status: 404 })

const setup = ({ desk }: Visit, props: Omit<SetupPageProps, 'host'>) =>
  shownOnce(
    page(<SetupPage {...props} host={desk.config.baseUrl.host} />, {
      status: props.problems ? 422 : 200,
    }),
  )
