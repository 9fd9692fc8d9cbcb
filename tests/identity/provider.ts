import { mkdtempSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cleanUpAfterUs } from '../cluster.ts'
import { run } from '../sdk/package/packed.ts'

/** An authorization server that none of us wrote, on Node.js: `oidc-provider`. */
export async function startProvider(resource: string) {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-obs-provider-')))
  cleanUpAfterUs(directory)
  const dependencies = { 'oidc-provider': '9.13.3' }
  const about = { name: 'somebodys-issuer', private: true, type: 'module', dependencies }
  await Bun.write(join(directory, 'package.json'), JSON.stringify(about))
  await Bun.write(join(directory, 'main.js'), program)
  await run(['npm', 'install', '--no-audit', '--no-fund', '--prefer-offline'], directory)
  const child = Bun.spawn(['node', 'main.js', resource], {
    cwd: directory,
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'ignore',
  })
  const issuer = await named(child.stdout)
  return {
    issuer,
    tokenFor: (login: string) => signIn(issuer, resource, login),
    async stop() {
      child.kill()
      await child.exited
    },
  }
}

/** The issuer it says it is; all it says after that is read too, so that it may go on. */
function named(stdout: ReadableStream<Uint8Array>): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const read = async () => {
    let said = ''
    const decoder = new TextDecoder()
    for await (const chunk of stdout) {
      said += decoder.decode(chunk, { stream: true })
      const issuer = /^issuer (.+)\n/m.exec(said)?.[1]
      if (issuer) resolve(issuer)
    }
    throw new Error(`the provider ended: ${said}`)
  }
  read().catch(reject)
  return promise
}

const redirectUri = 'http://127.0.0.1/callback'
const clientId = 'an-mcp-client'

/** Somebody signs in and consents, as a browser does it, and their client redeems the code. */
async function signIn(issuer: string, resource: string, login: string): Promise<string> {
  const cookies = new Map<string, string>()
  const visit = async (url: string, sent?: Record<string, string>) => {
    const response = await fetch(new URL(url, issuer), {
      redirect: 'manual',
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
      ...(sent && { method: 'POST', body: new URLSearchParams(sent) }),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = cookie.split(';')[0]?.split(/=(.*)/s) ?? []
      if (value) cookies.set(name, value)
      else cookies.delete(name)
    }
    return response.headers.get('location') ?? ''
  }
  const verifier = crypto.randomUUID() + crypto.randomUUID()
  const challenge = new Bun.CryptoHasher('sha256').update(verifier).digest('base64url')
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid support',
    resource,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })
  let at = await visit(`/auth?${query}`)
  const steps = [{ prompt: 'login', login, password: 'any' }, { prompt: 'consent' }]
  while (at && !at.startsWith(redirectUri)) {
    const sent = at.includes('/interaction/') ? steps.shift() : undefined
    at = await visit(at, sent)
  }
  const code = new URL(at).searchParams.get('code') ?? ''
  const answer = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clientId,
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
      resource,
    }),
  })
  const { access_token: token } = (await answer.json()) as { access_token?: string }
  if (!token) throw new Error(`no token: ${answer.status}`)
  return token
}

/** Two keys; access tokens are JWTs (RFC 9068) for the resource, with the claims of a person. */
const program = `
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import Provider from 'oidc-provider'

const [resource] = process.argv.slice(2)
const jwk = (pair, more) => ({ ...pair.privateKey.export({ format: 'jwk' }), use: 'sig', ...more })
const server = createServer().listen(0, '127.0.0.1', () => {
  const issuer = 'http://127.0.0.1:' + server.address().port
  const provider = new Provider(issuer, {
    jwks: {
      keys: [
        jwk(generateKeyPairSync('ec', { namedCurve: 'P-256' }), { kid: 'e', alg: 'ES256' }),
        jwk(generateKeyPairSync('rsa', { modulusLength: 2048 }), { kid: 'r', alg: 'RS256' }),
      ],
    },
    clients: [
      {
        client_id: '${clientId}',
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code'],
        redirect_uris: ['${redirectUri}'],
      },
    ],
    scopes: ['openid', 'support'],
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
    extraTokenClaims: (_, token) => ({
      email: token.accountId + '@company.com',
      name: 'Alex of ' + token.accountId,
    }),
    features: {
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: () => ({
          scope: 'support',
          audience: resource,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
  })
  server.on('request', provider.callback())
  console.log('issuer ' + issuer)
})
`
