import { readForm } from '#src/web/body.ts'
import { page, redirect } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { CodeGonePage, CodePage } from '#views/identity/code.tsx'
import type { Issuer } from '../../queries.ts'
import { pageOnTheWay } from '../onward.ts'
import { onwardPath, requestOf, withRequest } from '../request.ts'
import { beginSession } from '../session.ts'
import { admitOwner } from './admitting.ts'
import { codeToken, forgetCode } from './asking.ts'
import { type Asked, findCode, tryCode } from './codes.ts'

/** `GET /sign-in/code?request=QUERY`, in the browser that asked for one; else to `/sign-in`. */
export async function showCode(visit: Visit, issuer: Issuer): Promise<Response> {
  const request = requestOf(visit.url.searchParams.get('request'))
  const asked = await findCode(issuer, codeToken(visit, issuer))
  if (!asked) return redirect(withRequest(issuer, '/sign-in', request))
  return codePage(visit, issuer, request, asked)
}

/**
 * `POST /sign-in/code`: `code`, in any grouping; `request`. Signed in; 422 with the form for a wrong
 * one, or without it where there is nothing left to try.
 */
export async function postCode(visit: Visit, issuer: Issuer): Promise<Response> {
  const { code = '', request: carried } = await readForm(visit.request)
  const request = requestOf(carried)
  const token = codeToken(visit, issuer)
  const digits = code.replace(/[\s-]/g, '')
  // What can't be a code is a slip, and uses no try up.
  const tried = /^\d+$/.test(digits) ? await tryCode(issuer, token, digits) : null
  if (!tried || (!tried.ok && tried.reason === 'wrong' && tried.triesLeft > 0)) {
    const asked = await findCode(issuer, token)
    return asked
      ? codePage(visit, issuer, request, asked, 'This is not the code from the mail.')
      : gone(visit, issuer, request)
  }
  const endUserId = tried.ok ? await admitOwner(issuer, tried.asked) : null
  if (!tried.ok || !endUserId) return gone(visit, issuer, request)
  forgetCode(visit, issuer)
  await beginSession(visit, issuer, endUserId)
  const onward = onwardPath(issuer, request)
  return redirect(isForPassword(tried.asked) ? `${onward}?changed=reset` : onward)
}

const isForPassword = ({ name, passwordHash }: Asked) => name === null && passwordHash !== null

function gone(visit: Visit, issuer: Issuer, request: string): Response {
  const again = withRequest(issuer, '/sign-in', request)
  forgetCode(visit, issuer)
  return page(<CodeGonePage server={issuer.name} again={again} />, { status: 422 })
}

function codePage(
  visit: Visit,
  issuer: Issuer,
  request: string,
  asked: Asked,
  problem?: string,
): Promise<Response> {
  const from = isForPassword(asked) ? '/account' : asked.name === null ? '/sign-in' : '/sign-up'
  return pageOnTheWay(
    visit,
    issuer,
    request,
    (way) => (
      <CodePage
        {...way}
        email={asked.email}
        again={withRequest(issuer, from, request)}
        problem={problem}
      />
    ),
    { status: problem ? 422 : 200 },
  )
}
