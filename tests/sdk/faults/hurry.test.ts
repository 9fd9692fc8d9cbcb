import { afterAll, expect, test } from 'bun:test'
import { type Answer, createClient, type Problem } from '../../../sdk/src/client.ts'
import type { Receipt } from '../../../sdk/src/contract.ts'
import { createLog } from '../../../sdk/src/log.ts'
import { newKey, openDesk, quick, until } from '../desk.ts'
import { deliverTo, earlyMs, receipt } from './delivering.ts'

const desk = openDesk()
afterAll(desk.close)

const failed = (problem: Partial<Problem>): Answer<Receipt> => ({
  ok: false,
  problem: { message: 'no', retry: true, ...problem },
})

/** One ticket that never gets through, among many that do. */
async function amongOthers(problem: Partial<Problem>) {
  const { file, gaps } = deliverTo((title) => (title === 'stuck' ? failed(problem) : receipt))
  await file('stuck')
  for (let other = 0; other < 30; other++) {
    await file(`other ${other}`)
    await Bun.sleep(20)
  }
  return gaps('stuck')
}

test('a ticket that is always turned away waits its time, however many others get through', async () => {
  for (const waited of await amongOthers({})) expect(waited).toBeGreaterThan(500 - earlyMs)
})

test('a ticket that is never answered waits longer each time, however many others are', async () => {
  const gaps = await amongOthers({ unanswered: true })
  expect(gaps.length).toBeGreaterThan(0)
  for (const [n, waited] of gaps.entries())
    expect(waited).toBeGreaterThan((1_000 * 2 ** n) / 2 / 10 - earlyMs)
})

test('a desk that is back gets what waited for it soon, but not what it asked to wait', async () => {
  let away = true
  const answer = (title: string) => {
    if (!away) return receipt
    return failed({ unanswered: true, ...(title === 'held' && { retryAfterMs: 60_000 }) })
  }
  const { file, received } = deliverTo(answer, { backoffMs: 20_000 })
  for (const title of ['one', 'held', 'two']) await file(title)
  away = false
  await file('new')
  expect(received).toEqual(['new'])
  await until(() => received.length === 3, 8_000)
  expect(received.sort()).toEqual(['new', 'one', 'two'])
}, 15_000)

const answers: [string, Response | undefined, boolean][] = [
  ['nobody', undefined, true],
  ['a page with 502', new Response('<html>', { status: 502 }), true],
  ['JSON with 504', Response.json({ message: 'timed out' }, { status: 504 }), true],
  ['a page with 403', new Response('<html>', { status: 403 }), false],
  ['a page', new Response('<html>'), false],
  ['500', new Response('', { status: 500 }), false],
]
test.each(answers)('by %s, a desk is told from one that is away', async (_, between, away) => {
  const log = createLog(() => undefined)
  if (between) desk.between.push(between)
  const url = between ? desk.url : 'http://127.0.0.1:1/s/docuapi'
  const answer = await createClient(url, newKey(), log, quick)('mutation', 'support.createTicket')
  expect(!answer.ok && (answer.problem.unanswered ?? false)).toBe(away)
})

test("the desk's own refusal is an answer", async () => {
  const log = createLog(() => undefined)
  desk.refusals.push({ code: 'unavailable', status: 503 })
  const call = createClient(desk.url, newKey(), log, quick)
  const answer = await call('mutation', 'support.createTicket', {}, { idempotencyKey: 'k' })
  expect(answer).toMatchObject({ ok: false, problem: { code: 'unavailable' } })
  expect(!answer.ok && 'unanswered' in answer.problem).toBe(false)
})
