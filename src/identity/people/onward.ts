import type { Html } from '#src/lib/html/jsx-runtime.ts'
import { cut, inOrder } from '#src/lib/text.ts'
import { canMail } from '#src/mail/sending.ts'
import { formsMayEndAt } from '#src/web/headers.ts'
import { page } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { trustedPart } from '../authorization/recipient.ts'
import type { Issuer } from '../queries.ts'
import { pathOf } from './request.ts'

const clientCharsMax = 60

export type Answered = { status?: number; retryAfterSeconds?: number }

/** What every page on the way shows. */
type Way = {
  /** Name of the server. */
  server: string
  /** Of the issuer's pages. */
  path: string
  request: string
  /** Name of the client that the request is for, if it is anybody's. */
  client: string | undefined
  canMail: boolean
}

/**
 * A page on the way of an authorization request. Its forms may lead to the client in the end, if
 * only with an error for it.
 */
export async function pageOnTheWay(
  visit: Visit,
  issuer: Issuer,
  request: string,
  draw: (way: Way) => Html,
  { status = 200, retryAfterSeconds }: Answered = {},
): Promise<Response> {
  const extra = {
    status,
    headers: retryAfterSeconds ? { 'retry-after': String(retryAfterSeconds) } : {},
  }
  const known = { server: issuer.name, path: pathOf(issuer), request }
  const way = (client?: string) => ({ ...known, client, canMail: canMail(visit.desk.config) })
  const sent = new URLSearchParams(request)
  const trusted = request ? await trustedPart(visit, issuer, sent) : null
  if (!trusted?.ok) return page(draw(way()), extra)
  const { client, redirectUri } = trusted
  const name = cut(inOrder(client.name), clientCharsMax)
  return formsMayEndAt(page(draw(way(name)), extra), [redirectUri])
}
