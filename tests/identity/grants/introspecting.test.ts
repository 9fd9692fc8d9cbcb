import { expect, test } from 'bun:test'
import { newSecret } from '#src/lib/ids.ts'
import { jsonOf } from '../../world.ts'
import { claimsOf, errorOf } from './issuer.ts'
import { signedIn } from './signed-in.ts'

const { all, issuer, client, person } = await signedIn()

test('a token is active at the issuer’s server until its sign-in ends', async () => {
  const tokens = await issuer.tokens(client, person)
  const { iss, sub, aud, client_id, scope, sid, jti, iat, exp } = claimsOf(tokens.access_token)
  expect(await issuer.introspect(tokens.access_token)).toEqual({
    active: true,
    token_type: 'Bearer',
    ...{ iss, sub, aud, client_id, scope, sid, jti, iat, exp },
  })
  expect(await issuer.introspect(tokens.refresh_token)).toEqual({ active: false })
  expect(await issuer.introspect(`${tokens.access_token}x`)).toEqual({ active: false })
  expect(await issuer.introspect('nothing')).toEqual({ active: false })
  await issuer.revoke(client, tokens.refresh_token)
  expect(await issuer.introspect(tokens.access_token)).toEqual({ active: false })
})

test('only a secret key of the server may ask, and only about a token', async () => {
  const { access_token: token } = await issuer.tokens(client, person)
  const { owner } = all.world.database
  const refused = { status: 401, error: 'invalid_client' }
  const ask = (key?: string) => issuer.post('/introspect', { token }, key ? { key } : {})
  const keys = [undefined, all.neighbour.server.key, all.stranger.server.key, `sk_${newSecret()}`]
  for (const key of keys) {
    const response = await ask(key)
    expect(response.headers.get('www-authenticate')).toStartWith('Bearer')
    expect(await errorOf(response)).toEqual(refused)
  }
  const isKey = owner`mcp_server_id = ${issuer.id}`
  await owner`update server_key set kind = 'publishable' where ${isKey}`
  expect(await errorOf(await ask(issuer.server.key))).toEqual(refused)
  await owner`update server_key set kind = 'secret' where ${isKey}`
  const response = await ask(issuer.server.key)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(await jsonOf<object>(response)).toMatchObject({ active: true })
  const nothing = await issuer.post('/introspect', { token: '' }, { key: issuer.server.key })
  expect(await errorOf(nothing)).toEqual({ status: 400, error: 'invalid_request' })
})

test('where the desk is no issuer, there is nobody to ask', async () => {
  const { slug, key } = all.world.northwind.servers.external
  const form = { token: 'any' }
  expect((await all.world.ask(`/s/${slug}/introspect`, { key, form })).status).toBe(404)
})
