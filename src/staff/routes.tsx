import { canMail } from '#src/mail/sending.ts'
import { organizationsOf } from '#src/organizations/queries.ts'
import { readForm } from '#src/web/body.ts'
import { page, redirect } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { inboxPath } from '#views/paths.ts'
import { OrganizationsPage } from '#views/staff/organizations.tsx'
import { NotSetUpPage } from '#views/staff/setup-closed.tsx'
import { SignInPage, type SignInPageProps } from '#views/staff/sign-in.tsx'
import { hasStaff } from './queries.ts'
import { beginSession, endSession, type Staff, staffOf } from './session.ts'
import { checkCredentials } from './signing-in.ts'

/** `GET /`: straight to the only organization, or to the choice of them. */
export async function showHome({ desk }: Visit, staff: Staff): Promise<Response> {
  const organizations = await organizationsOf(desk.database, staff.id)
  const [only] = organizations
  return redirect(only && organizations.length === 1 ? inboxPath(only.slug) : '/organizations')
}

/** `GET /organizations`: the choice of them. */
export async function showOrganizations({ desk }: Visit, staff: Staff): Promise<Response> {
  const organizations = await organizationsOf(desk.database, staff.id)
  return page(<OrganizationsPage organizations={organizations} staffName={staff.name} />)
}

/** `GET /sign-in?next=PATH`; while there is no account, how to make the first one. */
export async function showSignIn(visit: Visit): Promise<Response> {
  const next = localPath(visit.url.searchParams.get('next'), visit.url.origin)
  if (await staffOf(visit)) return redirect(next)
  if (!(await hasStaff(visit.desk.database))) return page(<NotSetUpPage />)
  return signInPage(visit, { next })
}

/** `POST /sign-in`: `email`, `password`, `next`. Wrong credentials 422, too many attempts 429. */
export async function signIn(visit: Visit): Promise<Response> {
  const { email = '', password = '', next: wanted = '' } = await readForm(visit.request)
  const next = localPath(wanted, visit.url.origin)
  const { desk, address } = visit
  const result = await checkCredentials(desk.database, { email, password, address })
  if (result.ok) {
    if (await beginSession(visit, result.staffId, result.passwordHash)) return redirect(next)
  } else if (result.reason === 'too_many') {
    const seconds = result.retryAfterSeconds
    const problem = `Too many attempts. Try again in ${seconds} seconds.`
    return signInPage(
      visit,
      { email, next, problem },
      { status: 429, headers: { 'retry-after': String(seconds) } },
    )
  }
  const problem = 'That e-mail and password don’t belong together.'
  return signInPage(visit, { email, next, problem }, { status: 422 })
}

const signInPage = (
  { desk }: Visit,
  props: SignInPageProps,
  extra?: Parameters<typeof page>[1],
): Response => page(<SignInPage {...props} canMail={canMail(desk.config)} />, extra)

/** `POST /sign-out` */
export async function signOut(visit: Visit): Promise<Response> {
  await endSession(visit)
  return redirect('/sign-in', { 'clear-site-data': '"cache"' })
}

/** A path of this site and nothing else: `next` comes from whoever wrote the link. */
function localPath(next: string | null, origin: string): string {
  if (!next?.startsWith('/') || !URL.canParse(next, origin)) return '/'
  const { pathname, search, origin: reached } = new URL(next, origin)
  return reached === origin && !pathname.startsWith('//') ? pathname + search : '/'
}
