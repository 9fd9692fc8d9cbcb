import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
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
  let fetches = 0
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    tls: { cert: certificate, key },
    fetch: (request): Response => {
      if (new URL(request.url).pathname !== '/night-owl.json')
        return new Response(null, { status: 404 })
      fetches++
      return Response.json({
        client_id: request.url,
        client_name: 'Night owl',
        redirect_uris: ['http://127.0.0.1/callback'],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'none',
      })
    },
  })
  const url = `https://localhost:${server.port}/night-owl.json`
  return { url, certificatePath, fetches: () => fetches, close: () => server.stop(true) }
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
