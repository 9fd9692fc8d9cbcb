import { expect, test } from 'bun:test'
import type { Problem } from '../../../sdk/src/client.ts'
import type { TicketInput } from '../../../sdk/src/contract.ts'
import { createDelivery } from '../../../sdk/src/deliver.ts'
import { createLog } from '../../../sdk/src/log.ts'
import { type Timing, timing } from '../../../sdk/src/timing.ts'

/** What a timer may be early by. */
const earlyMs = 2
const ticket: TicketInput = { title: 'Attempts', description: 'Again and again.' }
const away: Problem = { message: 'away', retry: true }

/** When each of so many tickets was tried, at a desk that takes none. */
function deliverAll(tickets: number, waits: Partial<Timing>, problem = away) {
  const tried = new Map<string, number[]>()
  const delivery = createDelivery(
    async (_, key) => {
      tried.set(key, [...(tried.get(key) ?? []), performance.now()])
      return { ok: false, problem }
    },
    () => {},
    createLog(() => undefined),
    (error) => {
      throw error
    },
    { ...timing, ...waits },
  )
  for (let filed = 0; filed < tickets; filed++)
    void delivery.file(ticket, 1_000, new AbortController().signal)
  const gaps = () =>
    [...tried.values()].map((at) => at.slice(1).map((ms, n) => ms - (at[n] as number)))
  return { gaps, tried }
}

test('each wait is at least half of twice the one before, up to the longest', async () => {
  const { gaps } = deliverAll(5, { backoffMs: 20, backoffMsMax: 160 })
  while (gaps().some((waited) => waited.length < 6)) await Bun.sleep(10)
  for (const waited of gaps())
    for (const [n, ms] of waited.entries())
      expect(ms).toBeGreaterThan(Math.min(20 * 2 ** n, 160) / 2 - earlyMs)
})

test('tickets are not tried in lock-step', async () => {
  const { gaps } = deliverAll(60, { backoffMs: 400 })
  while (gaps().some((waited) => waited.length < 1)) await Bun.sleep(10)
  const first = gaps().map(([ms = 0]) => ms)
  const mean = first.reduce((sum, ms) => sum + ms, 0) / first.length
  const spread = Math.sqrt(first.reduce((sum, ms) => sum + (ms - mean) ** 2, 0) / first.length)
  // Uniform over 200 ms has a spread of 58 ms; without jitter it is a few.
  expect(spread).toBeGreaterThan(30)
  expect(Math.min(...first)).toBeGreaterThan(200 - earlyMs)
})

test('a desk that asks for less than the backoff is not tried before it', async () => {
  const { gaps } = deliverAll(1, { backoffMs: 100 }, { ...away, retryAfterMs: 1 })
  while (gaps().some((waited) => waited.length < 2)) await Bun.sleep(10)
  const [[first = 0, second = 0] = []] = gaps()
  expect(first).toBeGreaterThan(50 - earlyMs)
  expect(second).toBeGreaterThan(100 - earlyMs)
})
