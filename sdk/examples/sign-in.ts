/**
 * What an AI client on somebody's machine does when a server answers 401: it registers at the
 * authorization server that the MCP server names, sends its user there, and waits on this machine
 * for the answer (RFC 8252 7.3). It keeps what it gets for as long as it runs.
 */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

type Tokens = { access_token: string; token_type: string; refresh_token?: string | undefined }
type Registered = { client_id: string }

/** `provider` is the `authProvider` of both MCP SDKs; `answer` what the browser comes back with. */
export async function openSignIn() {
  const state = randomBytes(16).toString('base64url')
  const listener = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', redirectUrl)
    const isAnswer = pathname === '/callback' && searchParams.get('state') === state
    response.writeHead(isAnswer ? 200 : 404, { 'content-type': 'text/plain', connection: 'close' })
    response.end(isAnswer ? 'You can close this page.' : '')
    if (isAnswer) listener.emit('answer', searchParams)
  })
  listener.listen(0, '127.0.0.1').unref()
  await once(listener, 'listening')
  const redirectUrl = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/callback`
  const answered = once(listener, 'answer')

  const kept: { client?: Registered; tokens?: Tokens; verifier?: string } = {}
  const provider = {
    redirectUrl,
    clientMetadata: {
      client_name: 'Raise a ticket',
      redirect_uris: [redirectUrl],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'none',
    },
    state: () => state,
    clientInformation: () => kept.client,
    saveClientInformation(client: Registered) {
      kept.client = client
    },
    tokens: () => kept.tokens,
    saveTokens(tokens: Tokens) {
      kept.tokens = tokens
    },
    codeVerifier: () => kept.verifier ?? '',
    saveCodeVerifier(verifier: string) {
      kept.verifier = verifier
    },
    redirectToAuthorization: (url: URL) => console.log(`Sign in with your browser:\n  ${url}`),
  }
  const answer = async (): Promise<URLSearchParams> => {
    listener.ref()
    const [parameters] = (await answered) as [URLSearchParams]
    listener.close()
    const error = parameters.get('error')
    if (error) throw new Error(`the sign-in ended with ${error}`)
    return parameters
  }
  return { provider, answer }
}
