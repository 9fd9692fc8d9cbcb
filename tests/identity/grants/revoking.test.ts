import { beforeEach, expect, test } from 'bun:test'
import { grantAt, grantsOf, isAlive } from '#src/identity/grants/queries.ts'
import { revokeAll, revokeGrant } from '#src/identity/grants/revoking.ts'
import { sweepGrants } from '#src/identity/grants/sweeping.ts'
import { newId, newSecret } from '#src/lib/ids.ts'
import { deleteEndUser } from '#src/servers/end-users/deleting.ts'
import { claimsOf, errorOf, invalidGrant, type Person, type Tokens } from './issuer.ts'
import { signedIn } from './signed-in.ts'

const { all, issuer, client } = await signedIn()
let person: Person
beforeEach(async () => {
  person = await issuer.person()
})

const sidOf = ({ access_token }: Tokens) => String(claimsOf(access_token).sid)

for (const kind of ['access_token', 'refresh_token'] as const)
  test(`a client that revokes its ${kind} ends the sign-in`, async () => {
    const tokens = await issuer.tokens(client, person)
    const response = await issuer.revoke(client, tokens[kind])
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('')
    expect(await issuer.isAlive(tokens.access_token)).toBe(false)
    expect(await errorOf(await issuer.refresh(client, tokens.refresh_token))).toEqual(invalidGrant)
    expect((await issuer.revoke(client, tokens[kind])).status).toBe(200)
  })

test('a token that is unknown, or another client’s, is answered the same, and lives', async () => {
  const other = await issuer.client()
  const tokens = await issuer.tokens(client, person)
  for (const token of ['x', `rt_${newSecret()}${newSecret()}`, 'a.b.c'])
    expect((await issuer.revoke(client, token)).status).toBe(200)
  for (const token of [tokens.access_token, tokens.refresh_token])
    expect((await issuer.revoke(other, token)).status).toBe(200)
  expect(await issuer.isAlive(tokens.access_token)).toBe(true)
})

test('nobody revokes without being a client, or without a token', async () => {
  const tokens = await issuer.tokens(client, person)
  const unknown = await issuer.revoke({ id: 'c_nobody' }, tokens.refresh_token)
  expect(await errorOf(unknown)).toEqual({ status: 401, error: 'invalid_client' })
  const nothing = await issuer.post('/revoke', { client_id: client.id })
  expect(await errorOf(nothing)).toEqual({ status: 400, error: 'invalid_request' })
  expect(await issuer.isAlive(tokens.access_token)).toBe(true)
})

test('an end-user’s sign-ins are listed, the newest first, until they end', async () => {
  const { scope, id } = issuer
  const [first, second] = [await issuer.tokens(client, person), await issuer.tokens(client, person)]
  await issuer.tokens(client, await issuer.person())
  const listed = () => grantsOf(scope, id, person.id)
  const ids = async () => (await listed()).map((grant) => grant.id)
  expect(await ids()).toEqual([sidOf(second), sidOf(first)])
  expect((await listed())[0]).toMatchObject({ clientName: 'Night owl', clientId: client.id })
  expect(await revokeGrant(scope, id, person.id, sidOf(first))).toBe(true)
  expect(await revokeGrant(scope, id, person.id, sidOf(first))).toBe(false)
  expect(await ids()).toEqual([sidOf(second)])
  await issuer.tokens(client, person)
  expect(await revokeAll(scope, id, person.id)).toBe(2)
  expect(await ids()).toEqual([])
})

test('ending all sign-ins ends the codes that would become one', async () => {
  const other = await issuer.person()
  const [theirs, issued] = [await issuer.code(client, other), await issuer.code(client, person)]
  expect(await revokeAll(issuer.scope, issuer.id, person.id)).toBe(0)
  expect(await errorOf(await issuer.redeem(client, issued))).toEqual(invalidGrant)
  expect((await issuer.redeem(client, theirs)).status).toBe(200)
})

test('nobody ends a sign-in of somebody else, or by what is no id', async () => {
  const { scope, id } = issuer
  const sid = sidOf(await issuer.tokens(client, person))
  const other = await issuer.person()
  expect(await revokeGrant(scope, id, other.id, sid)).toBe(false)
  expect(await revokeGrant(scope, id, person.id, 'x')).toBe(false)
  expect(await revokeGrant(scope, id, 'x', sid)).toBe(false)
  expect(await revokeAll(scope, id, 'x')).toBe(0)
  expect(await revokeAll(scope, id, newId())).toBe(0)
  expect(await grantsOf(scope, id, 'x')).toEqual([])
  expect(await grantAt(scope, id, 'x')).toBeNull()
  expect(await grantsOf(scope, id, person.id)).toHaveLength(1)
})

test('of too many sign-ins of one person the oldest ends, and nobody else’s', async () => {
  const { owner } = all.world.database
  const other = await issuer.tokens(client, await issuer.person())
  const first = await issuer.tokens(client, person)
  const second = await issuer.tokens(client, person)
  await owner`update oauth_grant set created_at = now() - interval '2 days' where id = ${sidOf(first)}`
  await owner`update oauth_grant set created_at = now() - interval '1 day' where id = ${sidOf(second)}`
  await owner`
    insert into oauth_grant (organization_id, mcp_server_id, id, client_id, end_user_id, scope,
                             resource, created_at, expires_at, revoked_at)
    select organization_id, mcp_server_id, gen_random_uuid(), client_id, end_user_id, scope,
           resource, now(), expires_at, case when n > 198 then now() end
      from oauth_grant, generate_series(1, 250) n where id = ${sidOf(first)}`
  const last = await issuer.tokens(client, person)
  const alive = await Promise.all(
    [first, second, last, other].map(({ access_token }) => issuer.isAlive(access_token)),
  )
  expect(alive).toEqual([false, true, true, true])
  expect(await grantsOf(issuer.scope, issuer.id, person.id)).toHaveLength(200)
})

test('a code whose account is being deleted is none, and the account goes', async () => {
  const { owner } = all.world.database
  const issued = await issuer.code(client, person)
  const waiting = async (count: number) => {
    for (let found = 0; found < count; ) {
      const [row] = await owner`select count(*)::int as n from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`
      found = row?.n ?? 0
    }
  }
  const both = await owner.begin(async (tx) => {
    await tx`select from end_user where id = ${person.id} for update`
    const deleted = deleteEndUser(issuer.scope, issuer.id, person.id)
    await waiting(1)
    const redeemed = issuer.redeem(client, issued)
    await waiting(2)
    return () => Promise.all([deleted, redeemed])
  })
  const [deleted, redeemed] = await both()
  expect(deleted).toBe(true)
  expect(await errorOf(redeemed)).toEqual(invalidGrant)
})

test('a grant is found dead or alive, at its own server only', async () => {
  const { scope, id } = issuer
  const sid = sidOf(await issuer.tokens(client, person))
  const found = await grantAt(scope, id, sid)
  expect(found).toMatchObject({ subject: person.id, clientId: client.id, revokedAt: null })
  expect(found && isAlive(found)).toBe(true)
  expect(found && isAlive(found, found.expiresAt)).toBe(false)
  expect(await grantAt(scope, all.neighbour.id, sid)).toBeNull()
  expect(await grantAt(all.stranger.scope, id, sid)).toBeNull()
  await revokeAll(scope, id, person.id)
  const dead = await grantAt(scope, id, sid)
  expect(dead && isAlive(dead)).toBe(false)
})

test('what has been dead for long enough is swept, and nothing else', async () => {
  const { owner } = all.world.database
  const { scope } = issuer
  await owner`delete from oauth_grant`
  await owner`delete from authorization_code`
  const aged = async (change: ReturnType<typeof owner>) => {
    const tokens = await issuer.tokens(client, person)
    await owner`update oauth_grant set ${change} where id = ${sidOf(tokens)}`
    return sidOf(tokens)
  }
  const kept = [
    await aged(owner`created_at = now() - interval '90 days'`),
    await aged(owner`expires_at = now() - interval '29 days'`),
    await aged(owner`revoked_at = now() - interval '29 days'`),
  ]
  await aged(owner`expires_at = now() - interval '31 days'`)
  await aged(owner`revoked_at = now() - interval '31 days'`)
  await owner`update authorization_code set expires_at = now() - interval '25 hours'`
  const young = await issuer.code(client, person)
  await all.stranger.tokens(await all.stranger.client(), await all.stranger.person())
  await owner`update oauth_grant set expires_at = now() - interval '90 days'
    where organization_id = ${all.stranger.organization}`
  await sweepGrants(scope, new Date())
  const left = await owner`
    select id from oauth_grant where organization_id = ${issuer.organization} order by id`
  expect(left.map(({ id }) => id)).toEqual(kept)
  expect(await owner`select 1 from oauth_grant`).toHaveLength(kept.length + 1)
  const codes = await owner`
    select 1 from authorization_code where organization_id = ${issuer.organization}`
  expect(codes).toHaveLength(1)
  expect((await issuer.redeem(client, young)).status).toBe(200)
})
