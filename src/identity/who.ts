import { Problem } from '#src/web/problem.ts'
import type { Visit, Who } from '#src/web/route.ts'
import { findIssuer, type Issuer } from './queries.ts'

/** A program that asks an issuer; what it may have, the handler finds out from what it sends. */
export const oauthClient: Who<Issuer> = {
  name: 'OAuth client',
  cookieless: true,
  admit: issuerAt,
}

/** Someone at an issuer's pages, signed in or not. */
export const visitor: Who<Issuer> = { name: 'visitor', cookieless: false, admit: issuerAt }

async function issuerAt({ desk, place }: Visit): Promise<Issuer> {
  const slug = place.kind === 'server' ? place.slug : ''
  const issuer = await findIssuer(desk.database, slug, desk.config.baseUrl)
  if (!issuer) throw new Problem('not_found')
  return issuer
}
