import { expect, test } from 'bun:test'
import { captured, type SeenCall } from '../../sdk/src/call.ts'
import { callsFor } from '../../sdk/src/context.ts'
import { keepFailure } from '../../sdk/src/failure.ts'
import { createHistory, type History } from '../../sdk/src/history.ts'
import { limits } from '../../sdk/src/limits.ts'
import { createRedactor } from '../../sdk/src/redact.ts'

const redactor = createRedactor()

/** A call of a caller that has failed with 30 kB of arguments. */
function failedCall(history: History, caller: string): SeenCall {
  const call: SeenCall = { tool: 't', startedAt: Date.now(), outcome: 'error' }
  history.add(caller, call)
  fail(history, caller, call)
  return call
}
function fail(history: History, caller: string, call: SeenCall) {
  const failure = { arguments: { text: 'lorem '.repeat(5_000) }, error: 'e' }
  call.failure = keepFailure(call, failure, redactor)
  history.failed(caller, call)
}

test('calls of more than ten minutes ago are forgotten', () => {
  const history = createHistory()
  const ago = (ms: number) => ({ startedAt: Date.now() - ms, outcome: 'ok' as const })
  history.add('alex', { tool: 'old', ...ago(limits.callsAgeMsMax + 1) })
  history.add('alex', { tool: 'new', ...ago(1_000) })
  expect(history.of('alex').map(({ tool }) => tool)).toEqual(['new'])
})

test('callers are forgotten with their last call, and beyond five hundred', () => {
  const history = createHistory()
  const call = (ms: number) => ({ tool: 't', startedAt: Date.now() - ms, outcome: 'ok' as const })
  for (let at = 0; at < 20; at++) history.add(`gone ${at}`, call(limits.callsAgeMsMax + 1))
  history.add('alex', call(0))
  expect(history.size.callers).toBe(1)
  for (let at = 0; at < 600; at++) history.add(`caller ${at}`, call(0))
  expect(history.size.callers).toBe(500)
  expect(history.of('alex')).toEqual([])
  expect(history.of('caller 599')).toHaveLength(1)
})

test('of calls that failed little is kept in memory, and of what was dropped first a note', () => {
  const history = createHistory()
  const first = failedCall(history, 'alex')
  expect(history.size.chars).toBeWithin(10_000, 40_000)
  for (let at = 0; at < 400; at++) failedCall(history, `caller ${at}`)
  expect(history.size.chars).toBeWithin(4 * 1024 * 1024, 8 * 1024 * 1024 + 1)
  for (let at = 0; at < 400; at++) failedCall(history, `caller ${at}`)
  expect(captured(first)).toMatchObject({ tool: 't', error: expect.stringContaining('not kept') })
  expect(captured(first)?.arguments).toBeUndefined()
  for (let at = 0; at < 400; at++) history.forget(`caller ${at}`)
  expect(history.size.chars).toBe(0)
})

test('a call that is not kept any more leaves nothing when it fails', () => {
  const history = createHistory()
  const calls = Array.from({ length: 15 }, () => {
    const call: SeenCall = { tool: 't', startedAt: Date.now(), outcome: 'pending' }
    history.add('alex', call)
    return call
  })
  for (const call of calls.slice(0, 5)) fail(history, 'alex', call)
  expect(history.size.chars).toBe(0)
  for (const call of calls.slice(5)) fail(history, 'alex', call)
  expect(history.size.chars).toBeGreaterThan(100_000)
  history.forget('alex')
  fail(history, 'alex', calls[14] as SeenCall)
  expect(history.size).toEqual({ callers: 0, chars: 0 })
})

test('a call drops those of its caller that are too old', () => {
  const history = createHistory()
  const startedAt = Date.now()
  const old = failedCall(history, 'alex')
  old.startedAt = startedAt - limits.callsAgeMsMax - 1
  expect(history.size.chars).toBeGreaterThan(0)
  history.add('alex', { tool: 't', startedAt, outcome: 'ok' })
  expect(history.size).toEqual({ callers: 1, chars: 0 })
})

test('the host goes on with its own work between the calls that a ticket redacts', async () => {
  const calls = Array.from({ length: 10 }, () => failedCall(createHistory(), 'alex'))
  let turns = 0
  const count = setInterval(() => turns++, 0)
  expect(await callsFor('recent', calls)).toHaveLength(10)
  clearInterval(count)
  expect(turns).toBeGreaterThanOrEqual(5)
})

test('what a call comes to while a ticket is made is not in the ticket', async () => {
  const history = createHistory()
  const running: SeenCall = { tool: 'running', startedAt: Date.now(), outcome: 'pending' }
  history.add('alex', running)
  failedCall(history, 'alex')
  const made = callsFor('recent', history.of('alex'))
  running.outcome = 'error'
  fail(history, 'alex', running)
  const [kept] = await made
  expect(kept).toMatchObject({ tool: 'running', outcome: 'pending' })
  expect(kept?.error).toBeUndefined()
})

test('what a call failed with is kept as it was then, whatever becomes of it', () => {
  const given = { query: 'users' }
  const call: SeenCall = { tool: 't', startedAt: 0, outcome: 'error' }
  call.failure = keepFailure(call, { arguments: given, error: 'boom' }, redactor)
  given.query = 'changed by the host'
  expect(captured(call)?.arguments).toEqual({ query: 'users' })
})
