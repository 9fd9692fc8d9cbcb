import { expect, test } from 'bun:test'
import type { Problem } from '../../../sdk/src/client.ts'
import type { Timing } from '../../../sdk/src/timing.ts'
import { deliverTo, earlyMs } from './delivering.ts'

const away: Problem = { message: 'away', retry: true }

/** How long each of so many tickets waited between attempts, at a desk that takes none. */
function deliverAll(tickets: number, waits: Partial<Timing>, problem = away) {
  // Without a rest between tickets, which would keep them apart by itself.
  const { file, gaps } = deliverTo(() => ({ ok: false, problem }), { restMs: 0, ...waits })
  const titles = Array.from({ length: tickets }, (_, number) => `Ticket ${number}`)
  for (const title of titles) void file(title)
  return () => titles.map(gaps)
}

test('each wait is at least half of twice the one before, up to the longest', async () => {
  const gaps = deliverAll(5, { backoffMs: 20, backoffMsMax: 160 })
  while (gaps().some((waited) => waited.length < 6)) await Bun.sleep(10)
  for (const waited of gaps())
    for (const [n, ms] of waited.entries())
      expect(ms).toBeGreaterThan(Math.min(20 * 2 ** n, 160) / 2 - earlyMs)
})

test('tickets are not tried in lock-step', async () => {
  const gaps = deliverAll(60, { backoffMs: 400 })
  while (gaps().some((waited) => waited.length < 1)) await Bun.sleep(10)
  const first = gaps().map(([ms = 0]) => ms)
  const mean = first.reduce((sum, ms) => sum + ms, 0) / first.length
  const spread = Math.sqrt(first.reduce((sum, ms) => sum + (ms - mean) ** 2, 0) / first.length)
  // Uniform over 200 ms has a spread of 58 ms; without jitter it is a few.
  expect(spread).toBeGreaterThan(30)
  expect(Math.min(...first)).toBeGreaterThan(200 - earlyMs)
})

test('a desk that asks for less than the backoff is not tried before it', async () => {
  const gaps = deliverAll(1, { backoffMs: 100 }, { ...away, retryAfterMs: 1 })
  while (gaps().some((waited) => waited.length < 2)) await Bun.sleep(10)
  const [[first = 0, second = 0] = []] = gaps()
  expect(first).toBeGreaterThan(50 - earlyMs)
  expect(second).toBeGreaterThan(100 - earlyMs)
})
