/**
 * Stands in for the authorization server whose tokens the stories `express` and `hono` accept, so
 * that they can be tried without one. It gives a token to whoever asks: never use it for more.
 * ISSUER_PORT gives it the same address each time, for a desk that is told who its users' issuer is.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

const alg = 'ES256'
const kid = 'example'

/** Publishes a new key on this machine (RFC 8414, RFC 7517), and signs access tokens (RFC 9068). */
export async function startIssuer() {
  const { publicKey, privateKey } = await generateKeyPair(alg)
  const keys = [{ ...(await exportJWK(publicKey)), kid, alg, use: 'sig' }]
  const listener = createServer((request, response) => {
    const metadata = { issuer: url, jwks_uri: `${url}/keys` }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(request.url === '/keys' ? { keys } : metadata))
  })
  listener.listen(Number(process.env.ISSUER_PORT ?? 0), '127.0.0.1').unref()
  await once(listener, 'listening')
  const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`

  /** A token for one hour, by which `resource` knows the person as a user of this issuer. */
  const tokenFor = (email: string, resource: string) =>
    new SignJWT({ email, client_id: 'raise-a-ticket' })
      .setProtectedHeader({ alg, kid, typ: 'at+jwt' })
      .setIssuer(url)
      .setSubject(`user of ${email}`)
      .setAudience(resource)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey)
  return { url, tokenFor }
}
