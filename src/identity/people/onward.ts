import type { Html } from '#src/lib/html/jsx-runtime.ts'
import { cut, inOrder } from '#src/lib/text.ts'
import { formsMayEndAt } from '#src/web/headers.ts'
import { page } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { trustedPart } from '../authorization/recipient.ts'
import type { Issuer } from '../queries.ts'

const clientCharsMax = 60

export type Answered = { status?: number; retryAfterSeconds?: number }

/**
 * A page on the way of an authorization request, drawn with the name of the client that it is for,
 * if it is anybody's. Its forms may lead to the client in the end, if only with an error for it.
 */
export async function pageOnTheWay(
  visit: Visit,
  issuer: Issuer,
  request: string,
  draw: (client: string | undefined) => Html,
  { status = 200, retryAfterSeconds }: Answered = {},
): Promise<Response> {
  const extra = {
    status,
    headers: retryAfterSeconds ? { 'retry-after': String(retryAfterSeconds) } : {},
  }
  const sent = new URLSearchParams(request)
  const trusted = request ? await trustedPart(visit, issuer, sent) : null
  if (!trusted?.ok) return page(draw(undefined), extra)
  const { client, redirectUri } = trusted
  const name = cut(inOrder(client.name), clientCharsMax)
  return formsMayEndAt(page(draw(name), extra), [redirectUri])
}
