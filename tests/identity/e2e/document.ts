import { mkdtempSync, writeFileSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { cleanUpAfterUs } from '../../cluster.ts'

/**
 * A site over https on this machine that publishes what a client says about itself, and the
 * certificate that a desk has to trust for it (`NODE_EXTRA_CA_CERTS`).
 */
export function publishDocument() {
  const directory = mkdtempSync(join(tmpdir(), 'mcp-obs-certificate-'))
  cleanUpAfterUs(directory)
  const certificatePath = join(directory, 'localhost.pem')
  writeFileSync(certificatePath, certificate)
  const listenAt = (hostname: string, port: number) =>
    Bun.serve({ port, hostname, tls: { cert: certificate, key }, fetch: describeClient })
  const first = listenAt('127.0.0.1', 0)
  const servers = [first]
  // Where `localhost` is also an address of IPv6, it is the one that comes first.
  if (hasLoopback6) servers.push(listenAt('::1', Number(first.port)))
  return {
    url: `https://localhost:${first.port}/night-owl.json`,
    certificatePath,
    close: () => Promise.all(servers.map((server) => server.stop(true))),
  }
}

const hasLoopback6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
)

function describeClient({ url }: Request): Response {
  if (new URL(url).pathname !== '/night-owl.json') return new Response(null, { status: 404 })
  return Response.json({
    client_id: url,
    client_name: 'Night owl',
    redirect_uris: ['http://127.0.0.1/callback'],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  })
}

/** Of `localhost`, signed by itself, for tests only. */
const certificate = `-----BEGIN CERTIFICATE-----
MIIBljCCATugAwIBAgIUC3+V9pcyUXL68GljQtmjKSFHsJQwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjIxMDk0OVoYDzIxMjYxMDI5
MjEwOTQ5WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATS/9eqVcNz3/fd19lemE413XT3+X8kOM6DUbo2w6IT7fUE03CheKhI
S+Y4LhsKha00h0AFyMS0D4GtLNPhR3l4o2kwZzAdBgNVHQ4EFgQUVwYbdpuwkyL5
b9cgahHgKhE8gx0wHwYDVR0jBBgwFoAUVwYbdpuwkyL5b9cgahHgKhE8gx0wDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
SQAwRgIhAIURu7yWBdQMtmT6qMa7sirTBHHz15X8H1gNTBP3pUz4AiEAhkcxh4FQ
oJ8pkOV2f/e0bfa4VHQ4NZG+sSQpOCZzFVg=
-----END CERTIFICATE-----
`

const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgjx2qhkll5p29824y
vWHit+THrHS5W883qVaVCn0BYVChRANCAATS/9eqVcNz3/fd19lemE413XT3+X8k
OM6DUbo2w6IT7fUE03CheKhIS+Y4LhsKha00h0AFyMS0D4GtLNPhR3l4
-----END PRIVATE KEY-----
`
