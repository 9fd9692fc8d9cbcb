import { z } from 'zod'
import { canMail } from '#src/mail/sending.ts'
import { emailField, parseForm, passwordField, personNameField } from '#src/staff/forms.ts'
import { hashPassword } from '#src/staff/password.ts'
import { networkOf } from '#src/web/address.ts'
import { readForm } from '#src/web/body.ts'
import { redirect } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { SignUpPage, type SignUpPageProps } from '#views/identity/sign-up.tsx'
import type { Issuer } from '../../queries.ts'
import { attemptAt, countAttempts } from '../attempts.ts'
import { askForCode, mayMail } from '../code/asking.ts'
import { signUpRate } from '../limits.ts'
import { type Answered, pageOnTheWay } from '../onward.ts'
import { onwardPath, requestOf, withRequest } from '../request.ts'
import { beginSession } from '../session.ts'
import { addUnproven } from './adding.ts'

/** `GET /sign-up?request=QUERY` */
export const showSignUp = (visit: Visit, issuer: Issuer): Promise<Response> => {
  const request = requestOf(visit.url.searchParams.get('request'))
  return signUpPage(visit, issuer, request, { typed: {}, problems: {} })
}

const accountForm = z.object({ name: personNameField, email: emailField, password: passwordField })
type NewAccount = z.output<typeof accountForm>

/**
 * `POST /sign-up`: `name`, `email`, `password`, `request`. Where the desk can mail, a code is, with
 * one answer whether or not the e-mail has an account. Else the account is made, its e-mail unproven,
 * and one that is taken is a 422, like all that is wrong with a field; too many 429.
 */
export async function postSignUp(visit: Visit, issuer: Issuer): Promise<Response> {
  const form = await readForm(visit.request)
  const request = requestOf(form.request)
  const parsed = parseForm(accountForm, form)
  const typed = { name: form.name, email: form.email }
  const refuse = (shown: Partial<Shown>, answered: Answered) =>
    signUpPage(visit, issuer, request, { typed, problems: {}, ...shown }, answered)
  if (!parsed.ok) return refuse({ problems: parsed.problems }, { status: 422 })
  if (!canMail(visit.desk.config)) return addAtOnce(visit, issuer, request, parsed.data, refuse)
  const may = await mayMail(visit, issuer, parsed.data.email)
  if (!may.ok) return refuse({ problem: may.problem }, may)
  const { email, name, password } = parsed.data
  const asked = { email, name, passwordHash: await hashPassword(password) }
  await askForCode(visit, issuer, asked, request)
  return redirect(withRequest(issuer, '/sign-in/code', request))
}

type Refuse = (shown: Partial<Shown>, answered: Answered) => Promise<Response>

async function addAtOnce(
  visit: Visit,
  issuer: Issuer,
  request: string,
  { email, name, password }: NewAccount,
  refuse: Refuse,
): Promise<Response> {
  const attempt = attemptAt(issuer, 'sign-up', networkOf(visit.address), signUpRate)
  const counted = await countAttempts(issuer, [attempt])
  if (!counted.ok) {
    const { retryAfterSeconds } = counted
    const problem = `Too many new accounts. Try again in ${retryAfterSeconds} seconds.`
    return refuse({ problem }, { status: 429, retryAfterSeconds })
  }
  const passwordHash = await hashPassword(password)
  const id = await addUnproven(issuer, { email, name, passwordHash })
  if (!id) {
    const problems = { email: 'This e-mail has an account here already: sign in with it.' }
    return refuse({ problems }, { status: 422 })
  }
  await beginSession(visit, issuer, id)
  return redirect(onwardPath(issuer, request))
}

type Shown = Pick<SignUpPageProps, 'typed' | 'problems' | 'problem'>

const signUpPage = (
  visit: Visit,
  issuer: Issuer,
  request: string,
  shown: Shown,
  answered?: Answered,
): Promise<Response> =>
  pageOnTheWay(
    visit,
    issuer,
    request,
    (way) => <SignUpPage {...way} {...shown} signIn={withRequest(issuer, '/sign-in', request)} />,
    answered,
  )
