import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { discoverAuthorizationServerMetadata as discoverV2 } from '@modelcontextprotocol/client'
import { discoverAuthorizationServerMetadata as discoverV1 } from '@modelcontextprotocol/sdk/client/auth.js'
import * as oauth from 'oauth4webapi'
import { jsonOf, makeWorld, type TestServer, type World } from '../world.ts'
import { forms } from './forms.ts'

for (const [form, { baseUrl, issuer, documents, nowhere }] of Object.entries(forms))
  describe(`an issuer by its ${form}`, () => {
    let world: World
    let server: TestServer
    beforeAll(async () => {
      world = await makeWorld({ MCP_OBS_BASE_URL: baseUrl })
      server = world.northwind.servers.platform
    })
    afterAll(() => world.close())

    /** As clients fetch. */
    const ask = async (address: string | URL, options: RequestInit = {}): Promise<Response> => {
      const { host, pathname } = new URL(address)
      const headers = Object.fromEntries(new Headers(options.headers))
      return world.ask(pathname, { method: options.method ?? 'GET', host, headers })
    }

    test('says what it is and where it answers', async () => {
      const url = issuer(server)
      expect(await jsonOf(await ask(String(documents(server)[0])))).toEqual({
        issuer: url,
        authorization_endpoint: `${url}/authorize`,
        token_endpoint: `${url}/token`,
        registration_endpoint: `${url}/register`,
        revocation_endpoint: `${url}/revoke`,
        introspection_endpoint: `${url}/introspect`,
        jwks_uri: `${url}/jwks`,
        scopes_supported: ['support'],
        response_types_supported: ['code'],
        response_modes_supported: ['query'],
        grant_types_supported: ['authorization_code', 'refresh_token'],
        token_endpoint_auth_methods_supported: [
          'none',
          'client_secret_basic',
          'client_secret_post',
        ],
        revocation_endpoint_auth_methods_supported: [
          'none',
          'client_secret_basic',
          'client_secret_post',
        ],
        introspection_endpoint_auth_methods_supported: ['Bearer'],
        code_challenge_methods_supported: ['S256'],
        authorization_response_iss_parameter_supported: true,
        client_id_metadata_document_supported: expect.any(Boolean),
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['ES256'],
        mcp_obs_access_token_typ: 'at+jwt',
      })
    })

    test('says the same at each of its addresses, to scripts of every origin', async () => {
      const texts: string[] = []
      for (const address of documents(server)) {
        const response = await ask(address)
        expect(response.status).toBe(200)
        expect(response.headers.toJSON()).toMatchObject({
          'content-type': expect.stringMatching(/^application\/json/),
          'cache-control': 'public, max-age=300',
          'access-control-allow-origin': '*',
        })
        texts.push(await response.text())
      }
      expect(new Set(texts).size).toBe(1)
    })

    test('has no other address', async () => {
      for (const address of nowhere(server))
        expect({ address, status: (await ask(address)).status }).toEqual({ address, status: 404 })
    })

    test('lets scripts ask with the header that MCP clients send', async () => {
      const preflight = await ask(String(documents(server)[0]), { method: 'OPTIONS' })
      expect(preflight.status).toBe(204)
      expect(preflight.headers.get('access-control-allow-headers')).toContain(
        'mcp-protocol-version',
      )
    })

    for (const algorithm of ['oauth2', 'oidc'] as const)
      test(`is found by a strict client that asks by ${algorithm}`, async () => {
        const url = new URL(issuer(server))
        const insecure = url.protocol === 'http:'
        const response = await oauth.discoveryRequest(url, {
          algorithm,
          [oauth.customFetch]: ask,
          [oauth.allowInsecureRequests]: insecure,
        })
        const found = await oauth.processDiscoveryResponse(url, response)
        expect(found.issuer).toBe(issuer(server))
        await expect(
          oauth.processDiscoveryResponse(
            new URL(issuer(world.southwind.servers.platform)),
            await ask(String(documents(server)[0])),
          ),
        ).rejects.toThrow()
      })

    test('is found by the MCP clients of both versions, at every address they know', async () => {
      for (const discover of [discoverV1, discoverV2]) {
        const asked: string[] = []
        const metadata = await discover(issuer(server), {
          fetchFn: async (address, options) => {
            asked.push(String(address))
            return ask(address, options)
          },
        })
        expect(metadata?.issuer).toBe(issuer(server))
        expect(asked).toHaveLength(1)
        // Where the first ones were not there, they would ask on.
        const hidden = await discover(issuer(server), {
          fetchFn: async (address, options) =>
            String(address).includes('oauth-authorization-server')
              ? new Response(null, { status: 404 })
              : ask(address, options),
        })
        expect(hidden).toMatchObject({
          issuer: issuer(server),
          jwks_uri: `${issuer(server)}/jwks`,
          code_challenge_methods_supported: ['S256'],
        })
      }
    })

    test('publishes the public part of its keys, and nothing else of them', async () => {
      const { owner } = world.database
      const response = await ask(`${issuer(server)}/jwks`)
      expect(response.headers.get('cache-control')).toBe('public, max-age=300')
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
      const published = await jsonOf<{ keys: object[] }>(response)
      const text = expect.stringMatching(/^[\w-]{43}$/)
      const key = { kty: 'EC', crv: 'P-256', x: text, y: text, kid: text, alg: 'ES256', use: 'sig' }
      expect(published).toEqual({ keys: [key] })
      // Were one stored there, it would not get out.
      await owner`update signing_key set public_key = public_key || '{"d":"secret"}'`
      const again = await (await ask(`${issuer(server)}/jwks`)).text()
      expect(JSON.parse(again)).toEqual(published)
    })

    test('is nothing where a server knows its users otherwise, is disabled, or is not there', async () => {
      const { owner } = world.database
      const { platform, none, external } = world.northwind.servers
      await owner`update mcp_server set enabled = false where slug = ${platform.slug}`
      const answers = await Promise.all(
        [platform, none, external, { slug: 'nowhere-at-all' }].map(async (one) => {
          const at = { ...platform, ...one }
          const asked = [...documents(at), `${issuer(at)}/jwks`]
          return Promise.all(
            asked.map(async (address) => {
              const response = await ask(address)
              return { status: response.status, body: await response.text() }
            }),
          )
        }),
      )
      await owner`update mcp_server set enabled = true where slug = ${platform.slug}`
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
      for (const { status } of answers.flat()) expect(status).toBe(404)
    })
  })
