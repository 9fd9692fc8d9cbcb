import { expect, test } from 'bun:test'
import type { Scope } from '#src/db/scope.ts'
import { createDiscovery, discoveryOf } from '#src/identity/discovering.ts'
import { limits } from '#src/identity/limits.ts'
import { openIssuer } from '../sdk/verify/issuer.ts'

const here = new URL('http://localhost:3000')

test('an issuer is asked once, however many want to know, at once or again', async () => {
  const issuer = await openIssuer()
  const { discover, known } = createDiscovery()
  expect(known(issuer.issuer)).toBeUndefined()
  const answers = await Promise.all(Array.from({ length: 20 }, () => discover(issuer.issuer, here)))
  for (const answer of answers) expect(answer).toMatchObject({ ok: true, keys: 1 })
  await discover(issuer.issuer, here)
  expect(known(issuer.issuer)).toBe(answers[0])
  expect(issuer.requests).toEqual(['/.well-known/oauth-authorization-server', '/jwks'])
  issuer.close()
})

test('a refusal stands for a while too, and then what has been mended is seen', async () => {
  const issuer = await openIssuer()
  const { metadataPath } = issuer
  issuer.metadataPath = '/nowhere'
  const patient = createDiscovery()
  expect((await patient.discover(issuer.issuer, here)).ok).toBe(false)
  const { length } = issuer.requests
  expect((await patient.discover(issuer.issuer, here)).ok).toBe(false)
  expect(issuer.requests).toHaveLength(length)

  const quick = createDiscovery({ ...limits, refusedMs: 0 })
  expect((await quick.discover(issuer.issuer, here)).ok).toBe(false)
  issuer.metadataPath = metadataPath
  expect((await quick.discover(issuer.issuer, here)).ok).toBe(true)
  issuer.close()
})

test('many names are no way around that', async () => {
  const issuer = await openIssuer()
  const { discover } = createDiscovery({ ...limits, asksMax: 3 })
  for (const path of ['/a', '/b', '/c']) await discover(issuer.issuer + path, here)
  const { length } = issuer.requests
  expect(await discover(`${issuer.issuer}/d`, here)).toMatchObject({
    ok: false,
    reason: 'Too many issuers were asked lately: try again in a minute.',
  })
  expect(issuer.requests).toHaveLength(length)
  issuer.close()
})

test('what one organization asks tells another nothing, and takes nothing from it', async () => {
  const issuer = await openIssuer()
  const [one, other] = ['1', '2'].map((organizationId) => ({ organizationId }) as Scope)
  const mine = discoveryOf(one as Scope)
  for (let asks = 0; asks < 30; asks++) await mine.discover(`${issuer.issuer}/${asks}`, here)
  expect((await mine.discover(issuer.issuer, here)).ok).toBe(false)
  const theirs = discoveryOf(other as Scope)
  expect(theirs.known(`${issuer.issuer}/0`)).toBeUndefined()
  expect(await theirs.discover(issuer.issuer, here)).toMatchObject({ ok: true, keys: 1 })
  expect(discoveryOf(one as Scope)).toBe(mine)
  issuer.close()
})

test('no more is remembered than there is room for', async () => {
  const issuer = await openIssuer()
  const { discover, known } = createDiscovery({ ...limits, answersMax: 2 })
  for (const path of ['/a', '/b', '/c']) await discover(issuer.issuer + path, here)
  const kept = ['/a', '/b', '/c'].filter((path) => known(issuer.issuer + path))
  expect(kept).toEqual(['/b', '/c'])
  issuer.close()
})

test('an address that may not be asked is not', async () => {
  const issuer = await openIssuer()
  const { discover } = createDiscovery()
  const away = new URL('https://support.example.com')
  expect(await discover(issuer.issuer, away)).toMatchObject({ ok: false })
  expect(issuer.requests).toEqual([])
  issuer.close()
})
