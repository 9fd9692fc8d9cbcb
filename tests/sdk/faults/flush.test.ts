import { expect, test } from 'bun:test'
import type { Answer } from '../../../sdk/src/client.ts'
import type { Receipt } from '../../../sdk/src/contract.ts'
import { deliverTo, earlyMs, receipt } from './delivering.ts'

const refusal: Answer<Receipt> = { ok: false, problem: { message: 'away', retry: true } }
const never = { backoffMs: 600_000, backoffMsMax: 600_000 }

/** A delivery with tickets that wait; the desk answers nothing until `state.answer` is another. */
async function waiting(titles: string[]) {
  const state: { answer: Answer<Receipt> | Promise<Answer<Receipt>> } = { answer: refusal }
  const delivering = deliverTo(() => state.answer, never)
  for (const title of titles) await delivering.file(title)
  return { ...delivering, state }
}

test('a desk that returns while a flush waits gets every ticket', async () => {
  const { delivery, state, received, gaps } = await waiting(['one', 'two', 'three'])
  setTimeout(() => {
    state.answer = receipt
  }, 1_000)
  const started = performance.now()
  await delivery.flush(20_000)
  expect(received.sort()).toEqual(['one', 'three', 'two'])
  expect(performance.now() - started).toBeLessThan(10_000)
  const [, ...whileItWaited] = gaps('one')
  for (const [n, waited] of whileItWaited.entries())
    expect(waited).toBeGreaterThan(Math.min(100 * 2 ** n, 500) / 2 - earlyMs)
})

test('after a flush that gave up tickets are sent at their own pace again', async () => {
  const { delivery, gaps } = await waiting(['one'])
  await delivery.flush(300)
  await Bun.sleep(700)
  const tried = gaps('one').length
  await Bun.sleep(1_000)
  expect(gaps('one')).toHaveLength(tried)
})

test('a flush without a deadline waits until the tickets are through', async () => {
  const { delivery, state, received } = await waiting(['one'])
  state.answer = Bun.sleep(300).then(() => receipt)
  await delivery.flush(Number.POSITIVE_INFINITY)
  expect(received).toEqual(['one'])
})

test('a deadline that is no number is the usual one', async () => {
  const { delivery, state, received } = await waiting(['one'])
  state.answer = Bun.sleep(300).then(() => receipt)
  await delivery.flush(Number.NaN)
  expect(received).toEqual(['one'])
})

test('a deadline that is over already is given up at once', async () => {
  const { delivery, told } = await waiting(['one'])
  await delivery.flush(-1)
  expect(told.at(-1)).toContain('tickets that wait for the desk: 1')
})
