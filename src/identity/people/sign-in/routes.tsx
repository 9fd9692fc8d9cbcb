import { z } from 'zod'
import { canMail } from '#src/mail/sending.ts'
import { emailField, parseForm } from '#src/staff/forms.ts'
import { readForm } from '#src/web/body.ts'
import { Problem } from '#src/web/problem.ts'
import { redirect } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { SignInPage, type SignInPageProps } from '#views/identity/sign-in.tsx'
import type { Issuer } from '../../queries.ts'
import { askForCode, mayMail } from '../code/asking.ts'
import { type Answered, pageOnTheWay } from '../onward.ts'
import { onwardPath, requestOf, withRequest } from '../request.ts'
import { beginSession, endSession, endUserOf } from '../session.ts'
import { checkPassword } from './checking.ts'

/** `GET /sign-in?request=QUERY`; without a request, who is signed in is led to their account. */
export async function showSignIn(visit: Visit, issuer: Issuer): Promise<Response> {
  const request = requestOf(visit.url.searchParams.get('request'))
  const endUser = await endUserOf(visit, issuer)
  const onward = onwardPath(issuer, request)
  if (endUser && !request) return redirect(onward)
  return signInPage(visit, issuer, request, endUser ? { signedIn: { ...endUser, onward } } : {})
}

/**
 * `POST /sign-in`: `email`, `password`, `request`; or `way` code, which mails one to `email`, with
 * one answer whether or not it has an account. Wrong credentials 422, too many attempts 429; 503
 * when the mail server takes no mail.
 */
export async function postSignIn(visit: Visit, issuer: Issuer): Promise<Response> {
  const { email = '', password = '', way, request: carried } = await readForm(visit.request)
  const request = requestOf(carried)
  if (way === 'code') return mailed(visit, issuer, request, email)
  const checked = await checkPassword(issuer, { email, password, address: visit.address })
  if (checked.ok) {
    const { endUserId, passwordHash } = checked
    if (await beginSession(visit, issuer, endUserId, passwordHash))
      return redirect(onwardPath(issuer, request))
  } else if (checked.reason === 'too_many') {
    const { retryAfterSeconds } = checked
    const problem = `Too many attempts. Try again in ${retryAfterSeconds} seconds.`
    return signInPage(
      visit,
      issuer,
      request,
      { email, problem },
      { status: 429, retryAfterSeconds },
    )
  }
  const problem = 'That e-mail and password don’t belong together.'
  return signInPage(visit, issuer, request, { email, problem }, { status: 422 })
}

const emailForm = z.object({ email: emailField })

async function mailed(visit: Visit, issuer: Issuer, request: string, email: string) {
  if (!canMail(visit.desk.config)) throw new Problem('not_found')
  const parsed = parseForm(emailForm, { email })
  if (!parsed.ok) {
    const refused = { email, emailProblem: parsed.problems.email }
    return signInPage(visit, issuer, request, refused, { status: 422 })
  }
  const may = await mayMail(visit, issuer, parsed.data.email)
  if (!may.ok) return signInPage(visit, issuer, request, { email, problem: may.problem }, may)
  const asked = { email: parsed.data.email, name: null, passwordHash: null }
  await askForCode(visit, issuer, asked, request)
  return redirect(withRequest(issuer, '/sign-in/code', request))
}

/** `POST /sign-out`: `request`, for who goes on as somebody else. */
export async function postSignOut(visit: Visit, issuer: Issuer): Promise<Response> {
  const { request } = await readForm(visit.request)
  await endSession(visit, issuer)
  return redirect(withRequest(issuer, '/sign-in', requestOf(request)), {
    'clear-site-data': '"cache"',
  })
}

type Shown = Pick<SignInPageProps, 'email' | 'problem' | 'emailProblem' | 'signedIn'>

const signInPage = (
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
    (way) => <SignInPage {...way} {...shown} signUp={withRequest(issuer, '/sign-up', request)} />,
    answered,
  )
