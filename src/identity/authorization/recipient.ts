import { OAuthError } from '#src/web/oauth.ts'
import type { Visit } from '#src/web/route.ts'
import type { Client } from '../clients/client.ts'
import { findClient } from '../clients/finding.ts'
import { mayRedirect } from '../clients/redirects.ts'
import type { Issuer } from '../queries.ts'

/** Where a request came from: it may name a client that nobody named before. */
export type Asking = Pick<Visit, 'desk' | 'address'>

/** Why a request is shown to its reader, and sent to nobody; and what they can do. */
export type Mistrust = { problem: string; advice: string }

export type Trusted = { ok: true; client: Client; redirectUri: string } | ({ ok: false } & Mistrust)

const connectAgain = 'Go back to the app and connect again from there.'
const forgetHere =
  'In the app, remove this server and add it again, so that the app registers anew.'
const tellMaker = 'This is a mistake of the app. Tell its maker what this page says.'

/** The client of a request and where it is answered, before anything else is looked at. */
export async function trustedPart(
  visit: Asking,
  issuer: Issuer,
  sent: URLSearchParams,
): Promise<Trusted> {
  const clientId = onlyOne(sent, 'client_id')
  if (!clientId)
    return mistrust('The link names no app: client_id is missing or comes twice.', connectAgain)
  const client = await knownClient(visit, issuer, clientId)
  if (client instanceof OAuthError) return mistrust(client.description, tellMaker)
  if (!client) return mistrust(`The app is not registered at ${issuer.name}.`, forgetHere)
  const redirectUri = onlyOne(sent, 'redirect_uri')
  if (!redirectUri)
    return mistrust('The link has no way back: redirect_uri is missing or comes twice.', tellMaker)
  if (!isPlain(redirectUri) || !mayRedirect(client, redirectUri))
    return mistrust('The app wants an answer at an address that it has not registered.', forgetHere)
  return { ok: true, client, redirectUri }
}

const mistrust = (problem: string, advice: string): Trusted => ({ ok: false, problem, advice })

function onlyOne(sent: URLSearchParams, name: string): string | null {
  const [value, ...more] = sent.getAll(name)
  return value && more.length === 0 ? value : null
}

/** A client whose document can't be used is an expected outcome, with its reason. */
async function knownClient({ desk, address }: Asking, issuer: Issuer, id: string) {
  try {
    return await findClient(desk, issuer, id, { address })
  } catch (thrown) {
    if (thrown instanceof OAuthError) return thrown
    throw thrown
  }
}

/** What a header holds as it is, and no fragment: printable ASCII without spaces. */
const isPlain = (uri: string): boolean => /^[!"$-~]+$/.test(uri)
