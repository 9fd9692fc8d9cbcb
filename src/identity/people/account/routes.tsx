import { z } from 'zod'
import { inOrder } from '#src/lib/text.ts'
import { canMail } from '#src/mail/sending.ts'
import {
  currentPasswordField,
  type FieldProblems,
  parseForm,
  passwordField,
} from '#src/staff/forms.ts'
import { hashPassword } from '#src/staff/password.ts'
import { browserName } from '#src/staff/profile/browser.ts'
import { readForm } from '#src/web/body.ts'
import { Problem } from '#src/web/problem.ts'
import { page, redirect, shownOnce } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { AccountPage } from '#views/identity/account.tsx'
import { documentHost } from '../../authorization/naming.ts'
import { grantsOf } from '../../grants/queries.ts'
import { revokeAll, revokeGrant } from '../../grants/revoking.ts'
import { askForCode, mayMail } from '../code/asking.ts'
import { endOtherSessions, endOwnSession, listSessions } from '../ending.ts'
import { hasPassword } from '../queries.ts'
import { pathOf } from '../request.ts'
import type { Person } from '../who.ts'
import { changeOwnPassword, setFirstPassword } from './changing.ts'

/** `GET /account` */
export const showAccount = (visit: Visit, person: Person): Promise<Response> =>
  accountPage(visit, person)

/** `POST /account/sign-ins/{signIn}/removal`: one of one's own. */
export async function endOwnSignIn({ params }: Visit, { issuer, endUser }: Person) {
  const { scope, serverId } = issuer
  if (!(await revokeGrant(scope, serverId, endUser.id, params.signIn ?? '')))
    throw new Problem('not_found')
  return back(issuer)
}

/** `POST /account/sign-ins/removal`: all of them. */
export async function endOwnSignIns(_visit: Visit, { issuer, endUser }: Person) {
  await revokeAll(issuer.scope, issuer.serverId, endUser.id)
  return back(issuer)
}

/** `POST /account/browsers/{browser}/removal`: one of one's own. */
export async function endOwnBrowser({ params }: Visit, { issuer, endUser }: Person) {
  if (!(await endOwnSession(issuer, endUser.id, params.browser ?? '')))
    throw new Problem('not_found')
  return back(issuer)
}

/** `POST /account/browsers/removal`: all but the one that asks. */
export async function endOtherBrowsers(_visit: Visit, { issuer, endUser, session }: Person) {
  await endOtherSessions(issuer, endUser.id, session)
  return back(issuer)
}

const newForm = z.object({ password: passwordField })
const changeForm = newForm.extend({ current: currentPasswordField })

/**
 * `POST /account/password`: `password`, and `current` or `way` code, which mails one for who has
 * none or forgot it. Ends all other sessions. 422 with the form; too many wrong ones 429.
 */
export async function postPassword(visit: Visit, person: Person): Promise<Response> {
  const { issuer, endUser, session } = person
  const form = await readForm(visit.request)
  const refuse = (problems: FieldProblems) => accountPage(visit, person, problems)
  if (!(await hasPassword(issuer, endUser.email)) || form.way === 'code') {
    const parsed = parseForm(newForm, form)
    if (!parsed.ok) return refuse(parsed.problems)
    if (canMail(visit.desk.config)) return mailed(visit, person, parsed.data.password)
    const isSet = await setFirstPassword(issuer, endUser.id, parsed.data.password)
    return isSet ? changed(issuer) : refuse({ current: 'Fill this in.' })
  }
  const parsed = parseForm(changeForm, form)
  if (!parsed.ok) return refuse(parsed.problems)
  const { address } = visit
  const done = await changeOwnPassword(issuer, { ...parsed.data, endUser, keep: session, address })
  if (done.ok) return changed(issuer)
  if (done.reason === 'wrong') return refuse({ current: 'This is not your password.' })
  throw tooMany(done.retryAfterSeconds)
}

/** The new password waits until the mailbox is proven. */
async function mailed(visit: Visit, { issuer, endUser: { email } }: Person, password: string) {
  const may = await mayMail(visit, issuer, email)
  if (!may.ok)
    throw may.retryAfterSeconds
      ? tooMany(may.retryAfterSeconds)
      : new Problem('unavailable', may.problem)
  const asked = { email, name: null, passwordHash: await hashPassword(password) }
  await askForCode(visit, issuer, asked, '')
  return redirect(`${pathOf(issuer)}/sign-in/code`)
}

const tooMany = (retryAfterSeconds: number) =>
  new Problem('too_many', `Try again in ${retryAfterSeconds} seconds.`, { retryAfterSeconds })

const changeOf = (said: string | null): 'password' | 'reset' | undefined =>
  said === 'password' || said === 'reset' ? said : undefined

const back = (issuer: Person['issuer']) => redirect(`${pathOf(issuer)}/account`)
const changed = (issuer: Person['issuer']) => redirect(`${pathOf(issuer)}/account?changed=password`)

async function accountPage(
  { desk, url }: Visit,
  { issuer, endUser, session }: Person,
  problems?: FieldProblems,
): Promise<Response> {
  const { scope, serverId } = issuer
  const [grants, sessions, isWithPassword] = await Promise.all([
    grantsOf(scope, serverId, endUser.id),
    listSessions(issuer, endUser.id),
    hasPassword(issuer, endUser.email),
  ])
  return shownOnce(
    page(
      <AccountPage
        server={issuer.name}
        path={pathOf(issuer)}
        endUser={endUser}
        grants={grants.map(({ id, clientId, clientName, createdAt, usedAt }) => ({
          id,
          client: inOrder(clientName),
          host: documentHost(clientId),
          createdAt,
          usedAt,
        }))}
        sessions={sessions.map(({ id, userAgent, createdAt }) => ({
          id,
          createdAt,
          browser: browserName(userAgent),
          isOwn: id === session,
        }))}
        hasPassword={isWithPassword}
        canMail={canMail(desk.config)}
        problems={problems ?? {}}
        changed={changeOf(url.searchParams.get('changed'))}
        now={new Date()}
      />,
      { status: problems ? 422 : 200 },
    ),
  )
}
