import { countAttempt } from '#src/staff/attempts.ts'
import { readForm } from '#src/web/body.ts'
import { formsMayEndAt } from '#src/web/headers.ts'
import { OAuthError } from '#src/web/oauth.ts'
import { Problem } from '#src/web/problem.ts'
import { page, redirect, shownOnce } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { ConsentPage } from '#views/identity/consent.tsx'
import { RefusedPage } from '#views/identity/refused.tsx'
import { pathOf, requestOf, withRequest } from '../people/request.ts'
import { type EndUser, endUserOf, sessionOf } from '../people/session.ts'
import type { Issuer } from '../queries.ts'
import { answerWithCode, answerWithError } from './answering.ts'
import { issueCode } from './codes.ts'
import { consentsPerPerson } from './limits.ts'
import { documentHost, placeOfRedirect } from './naming.ts'
import { type Asked, type Reading, readRequest } from './request.ts'

/**
 * `GET /authorize` (RFC 6749 3.1): the consent page; to `/sign-in` for who is not signed in; back to
 * the client with an error where the request can't be granted. Anyone may register a client, so
 * nobody is sent on to another site before they have signed in here (RFC 9700 4.11.2).
 */
export async function showAuthorize(visit: Visit, issuer: Issuer): Promise<Response> {
  const { search } = visit.url
  const reading = await readRequest(visit, issuer, search)
  if (reading.kind === 'shown') return refused(issuer, reading)
  const endUser = await endUserOf(visit, issuer)
  const error = errorFor(issuer, reading, endUser)
  if (error === null && reading.kind === 'asked' && endUser)
    return consentPage(issuer, reading.asked, endUser, requestOf(search))
  const mayLeave = error !== null && (endUser || placeOfRedirect(error).kind !== 'site')
  return mayLeave ? answered(error) : toSignIn(issuer, search)
}

/** Where the client is told that there is no page to show, or null. */
function errorFor(
  issuer: Issuer,
  reading: Exclude<Reading, { kind: 'shown' }>,
  endUser: EndUser | null,
): string | null {
  if (reading.kind === 'answered') return reading.location
  if (!reading.asked.silent) return null
  const error = endUser
    ? new OAuthError('consent_required', 'The end-user is asked each time.')
    : new OAuthError('login_required', 'Nobody is signed in.')
  return answerWithError(issuer, reading.asked, error)
}

/**
 * `POST /consent`: `request`, the query of the authorization request; `decision` allow or deny;
 * `person`, whom the page named. The request is read again from the start.
 */
export async function postConsent(visit: Visit, issuer: Issuer): Promise<Response> {
  const { request = '', decision, person } = await readForm(visit.request)
  const reading = await readRequest(visit, issuer, request)
  if (reading.kind !== 'asked') return refused(issuer, reading)
  const { asked } = reading
  const session = await sessionOf(visit, issuer)
  if (!session) return toSignIn(issuer, request)
  const { endUser } = session
  // Somebody else signed in since the page was shown, or no page of ours was.
  if (person !== endUser.id) return consentPage(issuer, asked, endUser, requestOf(request))
  if (decision === 'deny') {
    const denial = new OAuthError('access_denied', 'The end-user said no.')
    return answered(answerWithError(issuer, asked, denial))
  }
  if (decision !== 'allow') throw new Problem('bad_request', 'Choose Allow or Deny.')
  const { database } = visit.desk
  await countAttempt(database, 'consent', `${issuer.serverId} ${endUser.id}`, consentsPerPerson)
  const code = await issueCode(issuer, asked, session)
  return code ? answered(answerWithCode(issuer, asked, code)) : toSignIn(issuer, request)
}

const answered = (location: string): Response => shownOnce(redirect(location))

const toSignIn = (issuer: Issuer, request: string): Response =>
  redirect(withRequest(issuer, '/sign-in', requestOf(request)))

function refused(issuer: Issuer, reading: Exclude<Reading, { kind: 'asked' }>): Response {
  if (reading.kind === 'answered') return answered(reading.location)
  const { problem, advice } = reading
  return page(<RefusedPage server={issuer.name} problem={problem} advice={advice} />, {
    status: 400,
  })
}

function consentPage(issuer: Issuer, asked: Asked, endUser: EndUser, request: string): Response {
  const { client, redirectUri, resource } = asked
  const response = page(
    <ConsentPage
      server={issuer.name}
      path={pathOf(issuer)}
      request={request}
      client={{ name: client.name, documentHost: documentHost(client.id) }}
      answeredAt={placeOfRedirect(redirectUri)}
      resource={resource}
      endUser={endUser}
    />,
  )
  return shownOnce(formsMayEndAt(response, [redirectUri]))
}
