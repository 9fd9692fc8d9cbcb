import { expect, test } from 'bun:test'
import type { Answer } from '../../../sdk/src/client.ts'
import type { Receipt } from '../../../sdk/src/contract.ts'
import { until } from '../desk.ts'
import { deliverTo, earlyMs, receipt } from './delivering.ts'

const refusal: Answer<Receipt> = { ok: false, problem: { message: 'away', retry: true } }
const soon = { backoffMs: 10, backoffMsMax: 10 }
const titles = ['one', 'two', 'three']

/** Tickets that wait; the desk answers nothing until `state.answer` is another. */
async function waiting(restMs: number) {
  const state = { answer: refusal, at: [] as number[] }
  const delivering = deliverTo(
    () => {
      state.at.push(performance.now())
      return state.answer
    },
    { ...soon, restMs },
  )
  for (const title of titles) await delivering.file(title)
  return { ...delivering, state }
}

test('after a queued ticket that did not get through, none is tried for a while', async () => {
  const { state, delivery } = await waiting(150)
  await until(() => state.at.length > titles.length + 3)
  const queued = state.at.slice(titles.length)
  for (const [n, at] of queued.slice(1).entries())
    expect(at - (queued[n] ?? 0)).toBeGreaterThanOrEqual(150 - earlyMs)
  state.answer = receipt
  await delivery.flush(2_000)
})

const long = 600_000

test('those behind one that got through do not wait', async () => {
  const { state, received } = await waiting(long)
  state.answer = receipt
  await until(() => received.length === titles.length)
})

test('while a flush waits there is no rest, nor one that has begun', async () => {
  const { state, delivery, received } = await waiting(long)
  await until(() => state.at.length === titles.length + 1)
  await delivery.flush(100)
  expect(state.at.length).toBeGreaterThan(titles.length + 3)
  const begun = delivery.flush(long)
  await Bun.sleep(50)
  state.answer = receipt
  await begun
  expect(received.sort()).toEqual([...titles].sort())
})

test('a ticket raised meanwhile is tried at once', async () => {
  const { state, file, received } = await waiting(long)
  await until(() => state.at.length === titles.length + 1)
  state.answer = receipt
  expect(await file('four')).toMatchObject({ status: 'received' })
  expect(received).toEqual(['four'])
})
