import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { newSecret, sha256 } from '#src/lib/ids.ts'
import { jsonOf, password } from '../../world.ts'
import {
  claimsOf,
  makeIssuers,
  redirectUri,
  resource,
  type TestClient,
  type TestIssuer,
  type Tokens,
} from './issuer.ts'

type Metadata = Record<`${string}_endpoint` | 'issuer', string>

for (const [form, baseUrl] of [
  ['path', 'http://localhost:3000'],
  ['host', 'https://desk.example'],
] as const)
  describe(`at an issuer in the ${form} form`, () => {
    let all: Awaited<ReturnType<typeof makeIssuers>>
    let issuer: TestIssuer
    beforeAll(async () => {
      all = await makeIssuers({ MCP_OBS_BASE_URL: baseUrl })
      issuer = all.issuer
    })
    afterAll(() => all.world.close())

    test('a client comes from the metadata to a token, and from there to its end', async () => {
      const isHost = form === 'host'
      expect(issuer.path).toBe(isHost ? '' : '/s/vault-northwind')
      const wellKnown = '/.well-known/oauth-authorization-server'
      const inserted = await all.world.ask(`${wellKnown}${issuer.path}`, {
        host: new URL(issuer.url).host,
      })
      const metadata = await jsonOf<Metadata>(inserted)
      expect(metadata.issuer).toBe(issuer.url)
      for (const page of ['authorization', 'token', 'revocation', 'introspection'] as const)
        expect(metadata[`${page}_endpoint`]).toStartWith(`${issuer.url}/`)

      const registered = await issuer.ask('/register', {
        json: {
          client_name: 'Night owl',
          redirect_uris: [redirectUri],
          grant_types: ['authorization_code', 'refresh_token'],
          token_endpoint_auth_method: 'none',
        },
      })
      const { client_id: id } = await jsonOf<{ client_id: string }>(registered)
      const client: TestClient = { id }
      const verifier = newSecret()
      const asked = issuer.request(client, verifier)

      const toSignIn = await issuer.ask(`/authorize?${asked}`)
      const signIn = new URL(toSignIn.headers.get('location') ?? '', issuer.url)
      expect(signIn.pathname).toBe(`${issuer.path}/sign-in`)
      const request = signIn.searchParams.get('request') ?? ''
      const account = { name: 'Ana Lindqvist', email: 'ana@fjord.example', password }
      const signedUp = await issuer.post('/sign-up', { ...account, request })
      expect(signedUp.status).toBe(303)
      const cookie = signedUp.headers.get('set-cookie')?.split(';')[0] ?? ''
      expect(cookie).toStartWith(isHost ? '__Host-' : 'mcp_obs_user=')
      const onward = new URL(signedUp.headers.get('location') ?? '', issuer.url)
      expect(onward.pathname).toBe(`${issuer.path}/authorize`)
      const consent = await issuer.ask(
        onward.href.slice(onward.origin.length + issuer.path.length),
        { cookie },
      )
      const shown = await consent.text()
      expect(shown).toContain('Night owl')
      const [, named = ''] = /name="person" value="([^"]+)"/.exec(shown) ?? []

      const allowed = await issuer.consent({ id: named, cookie }, request)
      const answer = new URL(allowed.headers.get('location') ?? '')
      expect(answer.searchParams.get('iss')).toBe(issuer.url)
      expect(answer.searchParams.get('state')).toBe('st-1')
      const code = answer.searchParams.get('code') ?? ''
      const redeemed = await issuer.redeem(client, { code, verifier }, { resource })
      const first = await jsonOf<Tokens>(redeemed)
      const claims = claimsOf(first.access_token)
      expect(claims).toMatchObject({ iss: issuer.url, aud: resource, client_id: id })
      const second = await jsonOf<Tokens>(await issuer.refresh(client, first.refresh_token))
      expect(await issuer.introspect(second.access_token)).toMatchObject({
        active: true,
        sid: claims.sid,
      })
      await issuer.revoke(client, second.access_token)
      expect(await issuer.introspect(first.access_token)).toEqual({ active: false })
      const refused = await issuer.refresh(client, second.refresh_token)
      expect(await jsonOf<object>(refused)).toMatchObject({ error: 'invalid_grant' })
    })

    test('nothing answers at the other form of the address', async () => {
      const { slug } = issuer.server
      const elsewhere =
        form === 'host'
          ? { at: `/s/${slug}`, host: 'desk.example' }
          : { at: '', host: `${slug}.localhost:3000` }
      const raw = { body: 'grant_type=x', type: 'application/x-www-form-urlencoded' }
      const { at, host } = elsewhere
      expect((await all.world.ask(`${at}/authorize`, { host })).status).toBe(404)
      for (const page of ['/consent', '/token', '/revoke', '/introspect'])
        expect((await all.world.ask(`${at}${page}`, { host, raw })).status).toBe(404)
    })

    test('the token endpoint takes forms only, and lets pages of any origin ask', async () => {
      const json = await issuer.ask('/token', { json: { grant_type: 'authorization_code' } })
      expect(await jsonOf<object>(json)).toMatchObject({ error: 'invalid_request' })
      const preflight = await issuer.ask('/token', { method: 'OPTIONS' })
      expect(preflight.status).toBe(204)
      expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
      const large = await issuer.post('/token', { grant_type: 'x'.repeat(20_000) })
      expect(large.status).toBe(413)
    })

    test('the challenge of a code is the SHA-256 of its verifier', async () => {
      const client = await issuer.client()
      // The example of RFC 7636, appendix B.
      const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
      const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
      expect(sha256(verifier).toString('base64url')).toBe(challenge)
      const asked = issuer.request(client, 'other', { code_challenge: challenge })
      const allowed = await issuer.consent(await issuer.person(), asked)
      const code = new URL(allowed.headers.get('location') ?? '').searchParams.get('code') ?? ''
      expect((await issuer.redeem(client, { code, verifier })).status).toBe(200)
    })
  })
