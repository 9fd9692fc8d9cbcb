import { z } from 'zod'
import type { Rate } from '#src/db/bucket.ts'
import { traceOf } from '#src/lib/log.ts'
import { canMail, reachMailServer } from '#src/mail/sending.ts'
import {
  countAttempt,
  mailsHere,
  mailsPerAccount,
  mailsPerAddress,
  returnAttempt,
} from '#src/staff/attempts.ts'
import { emailField, parseForm, passwordField } from '#src/staff/forms.ts'
import { beginSession } from '#src/staff/session.ts'
import { networkOf } from '#src/web/address.ts'
import { readForm } from '#src/web/body.ts'
import { Problem } from '#src/web/problem.ts'
import { page, redirect } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { ForgottenPage, type ForgottenPageProps, MailSentPage } from '#views/staff/forgotten.tsx'
import { ResetGonePage } from '#views/staff/link-gone.tsx'
import { ResetPage } from '#views/staff/reset.tsx'
import { mailReset } from './mailing.ts'
import { readReset } from './queries.ts'
import { resetByLink } from './resetting.ts'

/** `GET /password`: asks for the e-mail of who forgot theirs. Without mail: 404. */
export function showForgotten({ desk }: Visit): Response {
  if (!canMail(desk.config)) throw new Problem('not_found')
  return page(<ForgottenPage email="" />)
}

const emailForm = z.object({ email: emailField })

/**
 * `POST /password`: `email`. The same answer whether or not there is an account; 503 when the mail
 * server takes no mail, whoever asks.
 */
export async function postForgotten({ desk, request, address }: Visit): Promise<Response> {
  const { config, database, log } = desk
  if (!canMail(config)) throw new Problem('not_found')
  const form = await readForm(request)
  const parsed = parseForm(emailForm, form)
  const refuse = (problem: string, status: number) => {
    const props: ForgottenPageProps = { email: form.email ?? '', problem }
    return page(<ForgottenPage {...props} />, { status })
  }
  if (!parsed.ok) return refuse(parsed.problems.email ?? '', 422)
  const { email } = parsed.data
  const place = networkOf(address)
  const attempts: [what: string, from: string, rate: Rate][] = [
    ['mail for', place, mailsPerAddress],
    ['mail here', `${place} ${email}`, mailsHere],
    ['mail to', email, mailsPerAccount],
  ]
  for (const attempt of attempts) await countAttempt(database, ...attempt)
  const reached = await reachMailServer(config)
  if (!reached.ok) {
    // An outage uses none up.
    for (const attempt of attempts) await returnAttempt(database, ...attempt)
    log('error', 'mail server not reached', { reason: reached.reason })
    return refuse('The desk can’t send mail right now. Tell who runs it, or try later.', 503)
  }
  mailReset(desk, email).catch((error) =>
    log('error', 'mail was not sent', { error: traceOf(error) }),
  )
  return page(<MailSentPage email={email} />)
}

/** `GET /password/{token}`, as it was mailed. A link that is over: 404. */
export async function showReset(visit: Visit): Promise<Response> {
  const account = await accountOf(visit)
  if (!account) return gone(visit)
  return page(<ResetPage token={visit.params.token ?? ''} {...account} />)
}

const passwordForm = z.object({ password: passwordField })

/** `POST /password/{token}`: `password`. Signed in, to the desk; 422 with the form; over: 404. */
export async function postReset(visit: Visit): Promise<Response> {
  const token = visit.params.token ?? ''
  const form = parseForm(passwordForm, await readForm(visit.request))
  const account = await accountOf(visit)
  if (!account) return gone(visit)
  if (!form.ok) {
    const problem = form.problems.password ?? ''
    return page(<ResetPage token={token} {...account} problem={problem} />, { status: 422 })
  }
  const reset = await resetByLink(visit.desk.database, token, form.data.password)
  if (!reset.ok) return gone(visit)
  const { staffId, passwordHash } = reset
  return (await beginSession(visit, staffId, passwordHash)) ? redirect('/') : gone(visit)
}

async function accountOf({ desk, address, params }: Visit) {
  await countAttempt(desk.database, 'reset', networkOf(address))
  return readReset(desk.database, params.token ?? '')
}

const gone = ({ desk }: Visit) =>
  page(<ResetGonePage canMail={canMail(desk.config)} />, { status: 404 })
