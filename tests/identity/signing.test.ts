import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { parseConfig } from '#src/config.ts'
import { sweepIdentity } from '#src/identity/sweeping.ts'
import { readAccessToken } from '#src/identity/tokens.ts'
import type { Desk } from '#src/web/route.ts'
import { makeWorld } from '../world.ts'
import { granted, type Issuer, issuerOf, publishes, signsWith, tokenOf } from './issuers.ts'

const begun = new Date('2026-11-22T09:00:00Z')
const minutes = (count: number) => count * 60_000
const hours = (count: number) => minutes(60 * count)
const days = (count: number) => hours(24 * count)
const after = (ms: number) => new Date(begun.getTime() + ms)

const world = await makeWorld()
const { owner } = world.database
const north = await issuerOf(world.desk, world.northwind.servers.platform)
const south = await issuerOf(world.desk, world.southwind.servers.platform)
let logged: string[] = []
beforeEach(async () => {
  await owner`delete from signing_key`
  logged = []
})
afterAll(() => world.close())

/** A desk that was just started, on the same database. */
function startDesk(secret = world.desk.config.secretKey): Desk {
  const config = parseConfig({ MCP_OBS_SECRET_KEY: secret })
  if (!config.ok) throw new Error(config.problems.join())
  const log: Desk['log'] = (level, message) => logged.push(`${level}: ${message}`)
  return { database: world.database, config: { ...world.desk.config, ...config.config }, log }
}

const generations = async ({ serverId }: Issuer) =>
  (
    await owner`select generation from signing_key where mcp_server_id = ${serverId} order by 1`
  ).map(({ generation }) => generation)

describe('a server’s first key', () => {
  test('is made by whoever asks for it first, and signs at once', async () => {
    const [published] = await publishes(startDesk(), north, begun)
    expect(await signsWith(startDesk(), north, begun)).toBe(String(published))
    expect(await generations(north)).toEqual([1])
    expect(await generations(south)).toEqual([])
  })

  test('is one, however many desks need it at the same time', async () => {
    const others = await Promise.all([world.database.open(), world.database.open()])
    const desks = others.map((database) => ({ ...startDesk(), database }))
    const asked = desks.flatMap((desk) => Array.from({ length: 8 }, () => desk))
    const kids = await Promise.all(asked.map((desk) => signsWith(desk, north, begun)))
    expect(new Set(kids).size).toBe(1)
    expect(await generations(north)).toEqual([1])
    await Promise.all(others.map((database) => database.close()))
  })
})

test('a key of 90 days gets a successor, which is published for an hour before it signs', async () => {
  const desk = startDesk()
  const old = await signsWith(desk, north, begun)
  expect(await signsWith(desk, north, after(days(90) - 1))).toBe(old)
  expect(await publishes(desk, north, after(days(90) - 1))).toEqual([old])

  expect(await signsWith(desk, north, after(days(90)))).toBe(old)
  const both = await publishes(desk, north, after(days(90)))
  expect(both).toEqual([old, expect.any(String)])
  const successor = String(both[1])
  expect(await signsWith(desk, north, after(days(90) + hours(1) - 1))).toBe(old)
  expect(await signsWith(desk, north, after(days(90) + hours(1)))).toBe(successor)

  expect(await publishes(desk, north, after(days(90) + hours(25)))).toEqual(both)
  expect(await publishes(desk, north, after(days(90) + hours(25) + 1))).toEqual([successor])
  expect(await generations(north)).toEqual([1, 2])
})

test('a desk that nobody signs in at for a year goes on with its old key for an hour', async () => {
  const old = await signsWith(startDesk(), north, begun)
  const desk = startDesk()
  expect(await signsWith(desk, north, after(days(365)))).toBe(old)
  expect(await signsWith(desk, north, after(days(365) + hours(1)))).not.toBe(old)
  expect(await generations(north)).toEqual([1, 2])
})

test('the sweep deletes a key when it is published no more, and no other server’s', async () => {
  const desk = startDesk()
  const { none } = world.northwind.servers
  await owner`update mcp_server set auth = 'platform' where slug = ${none.slug}`
  const neighbour = await issuerOf(desk, none)
  for (const issuer of [north, south, neighbour]) await signsWith(desk, issuer, begun)
  await signsWith(desk, north, after(days(90)))
  await sweepIdentity(world.database, after(days(90) + hours(25)))
  expect(await generations(north)).toEqual([1, 2])
  await sweepIdentity(world.database, after(days(90) + hours(25) + 1))
  expect(await generations(north)).toEqual([2])
  expect(await generations(south)).toEqual([1])
  expect(await generations(neighbour)).toEqual([1])
})

test('a token stays good while keys change, up to its end', async () => {
  const desk = startDesk()
  await signsWith(desk, north, begun)
  await signsWith(desk, north, after(days(90)))
  const last = after(days(90) + hours(1) - 1)
  const token = await tokenOf(desk, north, last)
  const later = new Date(last.getTime() + minutes(10))
  expect(await signsWith(desk, north, later)).not.toBe(await signsWith(desk, north, begun))
  expect(await readAccessToken(desk, north, token, later)).toMatchObject(granted)
  expect(await readAccessToken(startDesk(), north, token, later)).toMatchObject(granted)
})

describe('with another secret key', () => {
  const other = 'another secret key, of 32 or more characters too'

  test('a desk makes a new key, and publishes the old one on', async () => {
    const before = startDesk()
    const token = await tokenOf(before, north, begun)
    const old = await signsWith(before, north, begun)
    const desk = startDesk(other)
    const kid = await signsWith(desk, north, after(minutes(5)))
    expect(kid).not.toBe(old)
    expect(await publishes(desk, north, after(minutes(5)))).toEqual([old, kid])
    expect(await readAccessToken(desk, north, token, after(minutes(5)))).toMatchObject(granted)
    expect(await signsWith(desk, north, after(minutes(6)))).toBe(kid)
    expect(await publishes(desk, north, after(minutes(5) + hours(25) + 1))).toEqual([kid])
    expect(logged).toEqual([
      'error: a signing key was made with another secret key, and is left alone',
    ])
  })

  test('a token with a key that another desk has just made is read at once', async () => {
    const desk = startDesk()
    await signsWith(desk, north, begun)
    const token = await tokenOf(startDesk(other), north, after(1))
    expect(await readAccessToken(desk, north, token, after(2))).toMatchObject(granted)
  })

  test('two desks that differ sign with keys that are published as long as their tokens live', async () => {
    const desks = [startDesk(), startDesk(other)]
    for (let ms = 0; ms < days(4); ms += minutes(30)) {
      const signed = await Promise.all(desks.map((desk) => signsWith(desk, north, after(ms))))
      const published = await publishes(startDesk(), north, after(ms + minutes(10)))
      expect(published).toEqual(expect.arrayContaining(signed))
    }
    const made = await generations(north)
    expect(made.length).toBeGreaterThan(2)
    expect(made.length).toBeLessThanOrEqual(6)
  })
})

describe('a row that somebody copied', () => {
  const copyTo = ({ scope, serverId }: Issuer) => owner`
    update signing_key set organization_id = ${scope.organizationId}, mcp_server_id = ${serverId}`

  test('from another server is no key: it neither signs nor is published', async () => {
    const foreign = await signsWith(startDesk(), south, begun)
    await copyTo(north)
    const desk = startDesk()
    const published = await publishes(desk, north, begun)
    expect(published).not.toContain(foreign)
    expect(published).toEqual([await signsWith(desk, north, begun)])
    expect(await generations(north)).toEqual([1, 2])
  })

  test('does not sign either where its name is written over', async () => {
    const foreign = await signsWith(startDesk(), south, begun)
    await copyTo(north)
    const [row] = await owner`select private_key from signing_key`
    const [header = '', ...rest] = String(row?.private_key).split('.')
    const said = JSON.parse(String(Buffer.from(header, 'base64url')))
    expect(said).toMatchObject({ alg: 'dir', enc: 'A256GCM', kid: foreign })
    const names = { organization: north.scope.organizationId, server: north.serverId }
    const forged = Buffer.from(JSON.stringify({ ...said, ...names })).toString('base64url')
    await owner`update signing_key set private_key = ${[forged, ...rest].join('.')}`
    expect(await signsWith(startDesk(), north, begun)).not.toBe(foreign)
  })
})
