import { afterAll, beforeAll, expect, test } from 'bun:test'
import { readAnalytics } from '#src/analytics/queries.ts'
import { inTurn } from '#src/analytics/turns.ts'
import { plantMany } from '../tickets/many.ts'
import { makeWorld, type World } from '../world.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
  await plantMany(world, { from: world.northwind, tickets: 30_000, subject: "'u-' || n" })
})
afterAll(() => world.close())

test('figures that take too long are given up, and the desk goes on', async () => {
  const { scope } = world.northwind
  const { analytics } = await readAnalytics(scope, {}, 1)
  expect(analytics).toBe('slow')
  const again = await readAnalytics(scope, {})
  expect(again.analytics).toMatchObject({ total: { n: 30_000, before: 0 } })
})

test('two are counted at once, six wait, and the next is told so', async () => {
  let running = 0
  let most = 0
  const gate = Promise.withResolvers<void>()
  const work = async () => {
    most = Math.max(most, ++running)
    await gate.promise
    running--
    return 'done'
  }
  const all = Array.from({ length: 8 }, () => inTurn(work))
  expect(await inTurn(work)).toBeUndefined()
  gate.resolve()
  expect(await Promise.all(all)).toEqual(Array(8).fill('done'))
  expect(most).toBe(2)
  expect(await inTurn(work)).toBe('done')
})

test('one that fails lets the next one have its turn', async () => {
  const fail = () => Promise.reject(new Error('gone'))
  const failed = await Promise.allSettled([inTurn(fail), inTurn(fail), inTurn(fail)])
  expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(await inTurn(async () => 'done')).toBe('done')
})
