import { traceOf } from '#src/lib/log.ts'
import { reachMailServer } from '#src/mail/sending.ts'
import type { Visit } from '#src/web/route.ts'
import type { Issuer } from '../../queries.ts'
import { attemptsAt, countAttempts, returnAttempts } from '../attempts.ts'
import { clearCookie, cookieOf, readCookie, setCookie } from '../cookie.ts'
import { code as limits, mailRates } from '../limits.ts'
import { type Asked, makeCode } from './codes.ts'
import { mailCode } from './mailing.ts'

export type MayMail =
  | { ok: true }
  | { ok: false; status: 429 | 503; problem: string; retryAfterSeconds?: number }

/**
 * Counts a mail to an address, whoever has it, before anything else is done for it. 503 when the
 * mail server takes none: an outage uses no attempt up.
 */
export async function mayMail(visit: Visit, issuer: Issuer, email: string): Promise<MayMail> {
  const { desk, address } = visit
  const attempts = attemptsAt(issuer, 'mail', { email, address }, mailRates)
  const counted = await countAttempts(issuer, attempts)
  if (!counted.ok) {
    const { retryAfterSeconds } = counted
    const problem = `Too many mails. Try again in ${inMinutes(retryAfterSeconds)}.`
    return { ok: false, status: 429, problem, retryAfterSeconds }
  }
  const reached = await reachMailServer(desk.config)
  if (reached.ok) return counted
  await returnAttempts(issuer, attempts)
  desk.log('error', 'mail server not reached', { reason: reached.reason })
  return { ok: false, status: 503, problem: 'No mail can be sent right now. Try again later.' }
}

const inMinutes = (seconds: number): string =>
  seconds < 100 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`

/** Mails a code, and gives the browser what goes with it. The same is done for every address. */
export async function askForCode(
  visit: Visit,
  issuer: Issuer,
  asked: Asked,
  request: string,
): Promise<void> {
  const { desk } = visit
  const { token, code } = await makeCode(issuer, asked)
  setCookie(visit, codeCookie(visit, issuer), token, limits.lastsMs)
  mailCode(desk, issuer, { asked, code, request }).catch((error) =>
    desk.log('error', 'mail was not sent', { error: traceOf(error) }),
  )
}

/** What goes with the code that this browser asked for last. */
export const codeToken = (visit: Visit, issuer: Issuer): string =>
  readCookie(visit, codeCookie(visit, issuer)) ?? ''

export const forgetCode = (visit: Visit, issuer: Issuer): void =>
  clearCookie(visit, codeCookie(visit, issuer))

const codeCookie = (visit: Visit, issuer: Issuer) => cookieOf(visit, issuer, 'mcp_obs_code')
