import { expect, test } from 'bun:test'
import { newSecret } from '#src/lib/ids.ts'
import { jsonOf } from '../../world.ts'
import { claimsOf, errorOf, invalidGrant, resource, type Tokens } from './issuer.ts'
import { signedIn } from './signed-in.ts'

const { all, issuer, client, person } = await signedIn()

const sidOf = ({ access_token }: Tokens) => String(claimsOf(access_token).sid)

/** As if a family had been rotated this long before. */
const rotatedBefore = (tokens: Tokens, seconds: number) => all.world.database.owner`
  update oauth_grant set rotated_at = rotated_at - make_interval(secs => ${seconds})
   where id = ${sidOf(tokens)}`

test('a refresh token is good once, for the next one and a token of the same sign-in', async () => {
  const first = await issuer.tokens(client, person)
  const response = await issuer.refresh(client, first.refresh_token)
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  const second = await jsonOf<Tokens>(response)
  expect(second.refresh_token).toMatch(/^rt_[\w-]{86}$/)
  expect(second.refresh_token).not.toBe(first.refresh_token)
  const [before, after] = [claimsOf(first.access_token), claimsOf(second.access_token)]
  expect(after).toMatchObject({ sid: before.sid, sub: person.id, aud: resource, scope: 'support' })
  expect(after.jti).not.toBe(before.jti)
})

test('of 32 windows that refresh at once one succeeds, and the sign-in goes on', async () => {
  const { refresh_token } = await issuer.tokens(client, person)
  const responses = await Promise.all(
    Array.from({ length: 32 }, () => issuer.refresh(client, refresh_token)),
  )
  const [won, ...more] = responses.filter(({ status }) => status === 200)
  expect(more).toEqual([])
  for (const lost of responses.filter((response) => response !== won))
    expect(await errorOf(lost)).toEqual(invalidGrant)
  const next = await jsonOf<Tokens>(won as Response)
  expect(await issuer.isAlive(next.access_token)).toBe(true)
  expect((await issuer.refresh(client, next.refresh_token)).status).toBe(200)
})

test('an old refresh token is refused, and after half a minute it ends the sign-in', async () => {
  const first = await issuer.tokens(client, person)
  const second = await jsonOf<Tokens>(await issuer.refresh(client, first.refresh_token))
  await rotatedBefore(first, 25)
  expect(await errorOf(await issuer.refresh(client, first.refresh_token))).toEqual(invalidGrant)
  expect(await issuer.isAlive(first.access_token)).toBe(true)
  await rotatedBefore(first, 6)
  expect(await errorOf(await issuer.refresh(client, first.refresh_token))).toEqual(invalidGrant)
  expect(await issuer.isAlive(first.access_token)).toBe(false)
  expect(await errorOf(await issuer.refresh(client, second.refresh_token))).toEqual(invalidGrant)
})

test('any older one of the family does, and so does one that somebody made up for it', async () => {
  const first = await issuer.tokens(client, person)
  const second = await jsonOf<Tokens>(await issuer.refresh(client, first.refresh_token))
  await issuer.refresh(client, second.refresh_token)
  await rotatedBefore(first, 31)
  await issuer.refresh(client, first.refresh_token)
  expect(await issuer.isAlive(first.access_token)).toBe(false)

  const other = await issuer.tokens(client, person)
  const madeUp = `${other.refresh_token.slice(0, 46)}${newSecret()}`
  expect(await errorOf(await issuer.refresh(client, madeUp))).toEqual(invalidGrant)
  expect(await issuer.isAlive(other.access_token)).toBe(false)
})

test('a refresh token is nothing to another client, new or old, and ends nothing', async () => {
  const other = await issuer.client()
  const first = await issuer.tokens(client, person)
  expect(await errorOf(await issuer.refresh(other, first.refresh_token))).toEqual(invalidGrant)
  const second = await jsonOf<Tokens>(await issuer.refresh(client, first.refresh_token))
  await rotatedBefore(first, 31)
  expect(await errorOf(await issuer.refresh(other, first.refresh_token))).toEqual(invalidGrant)
  expect(await issuer.isAlive(first.access_token)).toBe(true)
  expect((await issuer.refresh(client, second.refresh_token)).status).toBe(200)
})

test('a sign-in ends thirty days after its last refresh, and a year after its consent', async () => {
  const { owner } = all.world.database
  const lasts = async (tokens: Tokens) => {
    const [row] = await owner`select expires_at - now() < interval '30 days 1 minute' as idle,
        expires_at - now() > interval '29 days 23 hours' as full,
        expires_at = created_at + interval '365 days' as year
      from oauth_grant where id = ${sidOf(tokens)}`
    return { ...row }
  }
  const first = await issuer.tokens(client, person)
  const second = await jsonOf<Tokens>(await issuer.refresh(client, first.refresh_token))
  expect(await lasts(first)).toEqual({ idle: true, full: true, year: false })
  await owner`update oauth_grant set created_at = now() - interval '350 days'
    where id = ${sidOf(first)}`
  const third = await jsonOf<Tokens>(await issuer.refresh(client, second.refresh_token))
  expect(await lasts(first)).toEqual({ idle: true, full: false, year: true })
  await owner`update oauth_grant set expires_at = now() where id = ${sidOf(first)}`
  expect(await errorOf(await issuer.refresh(client, third.refresh_token))).toEqual(invalidGrant)
})

test('what is refused for what else was asked may be asked again', async () => {
  const { refresh_token } = await issuer.tokens(client, person)
  for (const [change, error] of [
    [{ scope: 'support admin' }, 'invalid_scope'],
    [{ resource: 'https://other.example/mcp' }, 'invalid_target'],
    [{ refresh_token: [] }, 'invalid_request'],
    [{ refresh_token: [refresh_token, refresh_token] }, 'invalid_request'],
  ] as [Record<string, string | string[]>, string][]) {
    const refused = await issuer.refresh(client, refresh_token, change)
    expect(await errorOf(refused)).toEqual({ status: 400, error })
  }
  const granted = await issuer.refresh(client, refresh_token, { scope: 'support', resource })
  expect(granted.status).toBe(200)
})

for (const token of ['x', 'rt_', `rt_${'a'.repeat(86)}`, `rt_${'a'.repeat(87)}`, 'a'.repeat(9000)])
  test(`a refresh token like ${token.slice(0, 20)}… is none`, async () => {
    expect(await errorOf(await issuer.refresh(client, token))).toEqual(invalidGrant)
  })

test('a client that may not refresh any more is told so, in a way it recovers from', async () => {
  const narrowed = await issuer.client()
  const { refresh_token } = await issuer.tokens(narrowed, person)
  await all.world.database.owner`
    update oauth_client set grant_types = '{authorization_code}' where id = ${narrowed.id}`
  const refused = await issuer.refresh(narrowed, refresh_token)
  expect(await errorOf(refused)).toEqual({ status: 400, error: 'unauthorized_client' })
})

test('a deleted end-user’s codes and refresh tokens are dead', async () => {
  const gone = await issuer.person()
  const issued = await issuer.code(client, gone)
  const { refresh_token } = await issuer.tokens(client, gone)
  await all.world.database.owner`delete from end_user where id = ${gone.id}`
  expect(await errorOf(await issuer.redeem(client, issued))).toEqual(invalidGrant)
  expect(await errorOf(await issuer.refresh(client, refresh_token))).toEqual(invalidGrant)
})

test('a server with another audience has clients start over, and with the old one go on', async () => {
  const { owner } = all.world.database
  const setAudience = (audience: string | null) => owner`
    update mcp_server set audience = ${audience} where id = ${issuer.id}`
  const issued = await issuer.code(client, person)
  const { refresh_token } = await issuer.tokens(client, person)
  await setAudience('https://moved.example/mcp')
  expect(await errorOf(await issuer.redeem(client, issued))).toEqual(invalidGrant)
  expect(await errorOf(await issuer.refresh(client, refresh_token))).toEqual(invalidGrant)
  await setAudience(resource)
  expect((await issuer.refresh(client, refresh_token)).status).toBe(200)
  await setAudience(null)
})

test('a disabled server has no issuer, and its sign-ins go on when it is enabled again', async () => {
  const { owner } = all.world.database
  const { refresh_token } = await issuer.tokens(client, person)
  for (const [off, on] of [
    [owner`enabled = false`, owner`enabled = true`],
    [owner`auth = 'none'`, owner`auth = 'platform'`],
  ] as const) {
    await owner`update mcp_server set ${off} where id = ${issuer.id}`
    expect((await issuer.refresh(client, refresh_token)).status).toBe(404)
    await owner`update mcp_server set ${on} where id = ${issuer.id}`
  }
  expect((await issuer.refresh(client, refresh_token)).status).toBe(200)
})
