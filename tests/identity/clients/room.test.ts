import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { inScope } from '#src/db/scope.ts'
import { limits } from '#src/identity/clients/limits.ts'
import { registerClient } from '#src/identity/clients/registering.ts'
import { sweepClients } from '#src/identity/clients/sweeping.ts'
import { noteClientUse } from '#src/identity/clients/using.ts'
import { newId } from '#src/lib/ids.ts'
import { toProblem } from '#src/web/problem.ts'
import { makeWorld, type World } from '../../world.ts'
import { type Issuer, issuerOf } from '../issuers.ts'
import { neighbourOf } from './neighbour.ts'

let world: World
let issuer: Issuer
let elsewhere: Issuer
beforeAll(async () => {
  world = await makeWorld({ MCP_OBS_CLIENT_METADATA: 'off' })
  issuer = await issuerOf(world.desk, world.northwind.servers.platform)
  elsewhere = await issuerOf(world.desk, world.southwind.servers.platform)
})
afterAll(() => world.close())

const day = 24 * 3_600_000
const ago = (ms: number) => new Date(Date.now() - ms)

const plant = (at: Issuer, id: string, created: Date, used: Date | null) =>
  world.database.owner`insert into oauth_client
    (organization_id, mcp_server_id, id, name, redirect_uris, grant_types, auth_method, created_at, used_at)
    values (${at.scope.organizationId}, ${at.serverId}, ${id}, 'Owl', '{}', '{}', 'none', ${created}, ${used})`

/** Fills a server, of clients registered a second apart in the last hours. */
const fill = (at: Issuer, used: Date | null) =>
  world.database.owner`insert into oauth_client
    (organization_id, mcp_server_id, id, name, redirect_uris, grant_types, auth_method, created_at, used_at)
    select ${at.scope.organizationId}, ${at.serverId}, 'c-' || n, 'Owl', '{}', '{}', 'none',
           now() - n * interval '1 second', ${used}
      from generate_series(1, ${limits.clientsMax}) n`

const idsOf = async (at: Issuer) =>
  (
    await world.database.owner`select id from oauth_client
      where organization_id = ${at.scope.organizationId} and mcp_server_id = ${at.serverId}`
  ).map(({ id }) => String(id))

const register = (at: Issuer) =>
  registerClient(
    at,
    { name: 'Owl', redirectUris: [], grantTypes: [], authMethod: 'none' },
    new Date(),
  )
const empty = () => world.database.owner`delete from oauth_client`

describe('a server that is full of clients', () => {
  test('lets the oldest go that nobody let in, and only of its own', async () => {
    await empty()
    await fill(issuer, null)
    await plant(elsewhere, 'c-old', ago(300 * day), null)
    const oldest = `c-${limits.clientsMax}`
    const next = `c-${limits.clientsMax - 1}`
    await inScope(issuer.scope, (tx) => noteClientUse(tx, issuer, oldest, new Date()))
    const { id } = await register(issuer)
    const ids = await idsOf(issuer)
    expect(ids).toHaveLength(limits.clientsMax)
    expect(ids).toContain(id)
    expect(ids).toContain(oldest)
    expect(ids).not.toContain(next)
    expect(await idsOf(elsewhere)).toEqual(['c-old'])
  })

  test('takes as many at once as ask', async () => {
    const made = await Promise.all(Array.from({ length: 10 }, () => register(issuer)))
    const ids = await idsOf(issuer)
    for (const { id } of made) expect(ids).toContain(id)
    expect(ids.length).toBeLessThan(limits.clientsMax + 10)
  })

  test('lets go who was let in longest ago, where nobody is signed in by it any more', async () => {
    await empty()
    await fill(issuer, new Date())
    for (const id of ['c-1', 'c-2'])
      await world.database.owner`
        update oauth_client set used_at = ${ago(day)} where id = ${id} and mcp_server_id = ${issuer.serverId}`
    await signIn(issuer, 'c-2', new Date(Date.now() + day), null)
    const { id } = await register(issuer)
    const ids = await idsOf(issuer)
    expect(ids).toHaveLength(limits.clientsMax)
    expect(ids).toEqual(expect.arrayContaining([id, 'c-2']))
    expect(ids).not.toContain('c-1')
  })

  test('takes none where people are signed in by all of them; others do', async () => {
    await empty()
    await fill(issuer, new Date())
    await signIn(issuer, 'c-1', new Date(Date.now() + day), null)
    await world.database.owner`
      insert into oauth_grant select organization_id, mcp_server_id, gen_random_uuid(), c.id, end_user_id,
             g.scope, resource, null, null, null, g.created_at, expires_at, null
        from oauth_grant g join oauth_client c using (organization_id, mcp_server_id) where c.id <> 'c-1'`
    expect(toProblem(await register(issuer).catch((error) => error))).toMatchObject({
      status: 429,
      extra: { retryAfterSeconds: 3_600 },
    })
    expect(await idsOf(issuer)).toHaveLength(limits.clientsMax)
    await register(elsewhere)
  })
})

/** A sign-in by a client, that ends or was ended. */
async function signIn(at: Issuer, client: string, expires: Date, revoked: Date | null) {
  const { owner } = world.database
  const { organizationId } = at.scope
  const person = newId()
  await owner`insert into end_user (organization_id, mcp_server_id, id, email, name, created_at)
    values (${organizationId}, ${at.serverId}, ${person}, ${`${person}@fjord.example`}, 'Ana', now())`
  await owner`insert into oauth_grant
    (organization_id, mcp_server_id, id, client_id, end_user_id, scope, resource, created_at, expires_at, revoked_at)
    values (${organizationId}, ${at.serverId}, ${newId()}, ${client}, ${person}, 'support', 'r', now(), ${expires}, ${revoked})`
}

test('clients that nobody uses are swept, of one organization at a time', async () => {
  await empty()
  const later = new Date(Date.now() + day)
  for (const at of [issuer, elsewhere]) {
    await plant(at, 'new', ago(day / 2), null)
    await plant(at, 'never', ago(2 * day), null)
    await plant(at, 'used', ago(400 * day), ago(170 * day))
    await plant(at, 'unused', ago(400 * day), ago(190 * day))
    await plant(at, 'signed-in', ago(400 * day), ago(190 * day))
    await plant(at, 'signed-out', ago(400 * day), ago(190 * day))
    await plant(at, 'ended', ago(400 * day), ago(190 * day))
    await signIn(at, 'signed-in', later, null)
    await signIn(at, 'signed-out', later, new Date())
    await signIn(at, 'ended', ago(day), null)
  }
  await sweepClients(issuer.scope, new Date())
  expect((await idsOf(issuer)).sort()).toEqual(['new', 'signed-in', 'used'])
  expect(await idsOf(elsewhere)).toHaveLength(7)
})

test('a sign-in by a client of the same id elsewhere keeps nothing', async () => {
  await empty()
  const neighbour = await neighbourOf(world)
  for (const at of [issuer, elsewhere, neighbour])
    await plant(at, 'same', ago(400 * day), ago(190 * day))
  for (const at of [elsewhere, neighbour])
    await signIn(at, 'same', new Date(Date.now() + day), null)
  await sweepClients(issuer.scope, new Date())
  await sweepClients(elsewhere.scope, new Date())
  expect(await idsOf(issuer)).toEqual([])
  expect(await idsOf(elsewhere)).toEqual(['same'])
  expect(await idsOf(neighbour)).toEqual(['same'])
})
