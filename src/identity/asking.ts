import { isLoopback, isSafe } from '#sdk/verify/address.ts'
import { readDocuments } from '#sdk/verify/discovery.ts'
import { DocumentError } from '#sdk/verify/document.ts'
import { countKeys } from './keys.ts'

/** What an issuer answered: how many of its keys verify tokens, or a sentence on why it can't be used. */
export type Asked = { ok: true; keys: number } | { ok: false; reason: string }

/**
 * Asks an issuer what an MCP server will ask it (RFC 8414, OpenID Connect Discovery, RFC 7517): by
 * GET, without redirects, within `withinMs`, and a bounded amount. Of what is fetched, nothing but
 * the name the issuer gives itself gets into the sentence.
 */
export async function askIssuer(issuer: string, withinMs: number): Promise<Asked> {
  try {
    const { keys, keysUrl } = await readDocuments(issuer, withinMs)
    const usable = await countKeys(keys)
    if (usable === undefined) return refused(`${keysUrl} is not a set of keys`)
    if (usable === 0) return refused(`${keysUrl} publishes no key that signs`)
    return { ok: true, keys: usable }
  } catch (error) {
    if (error instanceof DocumentError) return refused(error.message)
    throw error
  }
}

/**
 * Why an issuer is not asked at all, or null. Plain http is for trying things out, with desk and
 * issuer on one machine; a desk for others looks at nothing on its own machine by it.
 */
export function addressProblem(issuer: string, baseUrl: URL): string | null {
  if (!URL.canParse(issuer)) return 'This is not a web address.'
  const url = new URL(issuer)
  if (!isSafe(url, isLoopback(baseUrl)))
    return 'Use https. Plain http is for issuer and desk on localhost.'
  if (/[?#]/.test(issuer)) return 'An issuer has neither query nor fragment (RFC 8414).'
  if (url.username || url.password) return 'An issuer has no password in its address.'
  return null
}

const refused = (reason: string): Asked => ({
  ok: false,
  reason: `${reason.replace(/^the /, 'The ')}.`,
})
