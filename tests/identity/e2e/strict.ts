import { expect } from 'bun:test'
import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'
import type { Registered } from './desk.ts'
import { letIn } from './letting-in.ts'

const resource = 'https://docuapi.example/mcp'
/** Nobody listens there: what leads there is read, not followed. */
const redirectUri = 'http://127.0.0.1/callback'
const insecure = { [oauth.allowInsecureRequests]: true }

/** `oauth4webapi`: every rule of the answers of RFC 8414, 7591, 6749, 9207, 9068, 7662 and 7009. */
export async function takeStrictSteps({ url, key }: Registered) {
  const issuer = new URL(url)
  const asked = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure })
  const as = await oauth.processDiscoveryResponse(issuer, asked)
  const described = {
    redirect_uris: [redirectUri],
    grant_types: ['authorization_code', 'refresh_token'],
  }
  const client = await oauth.processDynamicClientRegistrationResponse(
    await oauth.dynamicClientRegistrationRequest(
      as,
      { ...described, token_endpoint_auth_method: 'none' },
      insecure,
    ),
  )
  const verifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  const authorize = new URL(as.authorization_endpoint ?? '')
  authorize.search = `${new URLSearchParams({
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: redirectUri,
    state,
    resource,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })}`
  const back = await letIn(authorize)
  const answer = oauth.validateAuthResponse(as, client, back, state)
  const none = oauth.None()
  const tokens = await oauth.processAuthorizationCodeResponse(
    as,
    client,
    await oauth.authorizationCodeGrantRequest(as, client, none, answer, redirectUri, verifier, {
      additionalParameters: { resource },
      ...insecure,
    }),
  )
  const claims = await validated(as, tokens.access_token)
  expect(claims).toMatchObject({ iss: url, client_id: client.client_id, scope: 'support' })
  expect([tokens.expires_in, claims.exp - claims.iat]).toEqual([600, 600])
  const renewed = await oauth.processRefreshTokenResponse(
    as,
    client,
    await oauth.refreshTokenGrantRequest(as, client, none, tokens.refresh_token ?? '', insecure),
  )
  expect((await validated(as, renewed.access_token)).sub).toBe(claims.sub)

  const isActive = async () => {
    const ofServer: oauth.ClientAuth = (_, __, ___, headers) =>
      headers.set('authorization', `Bearer ${key}`)
    const { access_token: token } = renewed
    const response = await oauth.introspectionRequest(as, client, ofServer, token, insecure)
    return (await oauth.processIntrospectionResponse(as, client, response)).active
  }
  expect(await isActive()).toBe(true)
  const ended = renewed.refresh_token ?? ''
  await oauth.processRevocationResponse(
    await oauth.revocationRequest(as, client, none, ended, insecure),
  )
  expect(await isActive()).toBe(false)
  const again = await oauth.refreshTokenGrantRequest(as, client, none, ended, insecure)
  const refused = await oauth
    .processRefreshTokenResponse(as, client, again)
    .catch((error: unknown) => error)
  expect(refused).toMatchObject({ error: 'invalid_grant', status: 400 })
}

/** By the rules of RFC 9068 4. */
const validated = (as: oauth.AuthorizationServer, token: string) =>
  oauth.validateJwtAccessToken(
    as,
    new Request(resource, { headers: { authorization: `Bearer ${token}` } }),
    resource,
    insecure,
  )

const methods = {
  client_secret_basic: openid.ClientSecretBasic,
  client_secret_post: openid.ClientSecretPost,
}

/** `openid-client`, which discovers by OpenID Connect, as clients with a secret by either method. */
export async function takeStepsWithSecrets({ url }: Registered) {
  for (const [method, authenticate] of Object.entries(methods)) {
    const config = await openid.dynamicClientRegistration(
      new URL(url),
      { redirect_uris: [redirectUri], token_endpoint_auth_method: method },
      undefined,
      { execute: [openid.allowInsecureRequests] },
    )
    const { client_id: id, client_secret: secret } = config.clientMetadata()
    const known = new openid.Configuration(
      config.serverMetadata(),
      id,
      undefined,
      authenticate(String(secret)),
    )
    openid.allowInsecureRequests(known)
    const pkceCodeVerifier = openid.randomPKCECodeVerifier()
    const expectedState = openid.randomState()
    const back = await letIn(
      openid.buildAuthorizationUrl(known, {
        redirect_uri: redirectUri,
        state: expectedState,
        code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: 'S256',
      }),
    )
    const tokens = await openid.authorizationCodeGrant(known, back, {
      pkceCodeVerifier,
      expectedState,
    })
    expect(tokens.token_type).toBe('bearer')
    expect(tokens.refresh_token).toBeUndefined()
    await openid.tokenRevocation(known, tokens.access_token)
  }
}
