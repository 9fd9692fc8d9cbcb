import { isSafe, namesOf } from '#sdk/verify/address.ts'
import type { Issuer } from '../queries.ts'

const resourceCharsMax = 2_000

/**
 * What a token will be for (RFC 8707 2), as the client wrote it; where it names nothing, the
 * server's audience or else the issuer itself. Null is `invalid_target`.
 */
export function resourceOf(issuer: Issuer, sent: string[]): string | null {
  const [resource = issuer.audience ?? issuer.url, ...more] = sent
  return more.length === 0 && isFor(issuer, resource) ? resource : null
}

/** Whether an issuer gives tokens for a resource, as its server is set up now. */
export function isFor({ audience, url }: Issuer, resource: string): boolean {
  if (audience === null) return resource === url || isResource(resource)
  return (URL.canParse(audience) ? namesOf(audience) : [audience]).includes(resource)
}

/** An absolute address without fragment that nobody in between can answer at. */
export function isResource(text: string): boolean {
  if (text.length > resourceCharsMax || !/^[!"$-~]+$/.test(text) || !URL.canParse(text))
    return false
  const url = new URL(text)
  return isSafe(url, true) && !url.username && !url.password
}
