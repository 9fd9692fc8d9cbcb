import { Problem } from '#src/web/problem.ts'
import type { Issuer } from '../queries.ts'

const requestCharsMax = 8_000

/** Path of an issuer's pages, before which theirs stand: empty at a host of its own. */
export const pathOf = ({ url }: Pick<Issuer, 'url'>): string =>
  new URL(url).pathname.replace(/\/$/, '')

/**
 * The authorization request that pages carry along, as a query (RFC 6749 4.1.1): what is in it is
 * looked at again when it arrives. Empty where there is none; too long to come back whole: 400.
 */
export function requestOf(carried: string | null | undefined): string {
  const request = new URLSearchParams(carried ?? '').toString()
  if (request.length > requestCharsMax)
    throw new Problem('bad_request', 'The request for a sign-in is too long.')
  return request
}

/** A page of the issuer that carries the request along. */
export const withRequest = (issuer: Pick<Issuer, 'url'>, page: string, request: string): string =>
  `${pathOf(issuer)}${page}${request && `?${new URLSearchParams({ request })}`}`

/** Where somebody goes who is signed in now: on with the request, else to their account. */
export const onwardPath = (issuer: Pick<Issuer, 'url'>, request: string): string =>
  `${pathOf(issuer)}${request ? `/authorize?${request}` : '/account'}`
