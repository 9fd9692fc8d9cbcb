import { afterEach, expect, test } from 'bun:test'
import { createClient } from '../../sdk/src/client.ts'
import type { SupportSettings } from '../../sdk/src/contract.ts'
import { limits } from '../../sdk/src/limits.ts'
import { createLog } from '../../sdk/src/log.ts'
import { timing as real, type Timing } from '../../sdk/src/timing.ts'
import { type DeskDouble, newKey, openDesk, quick, type Refusal, until } from './desk.ts'
import { ask, connectWithSupport, docuApiServer, names, textOf } from './hosts.ts'

let desk: DeskDouble
afterEach(() => desk.close())

/** A client that has listed the tools, so that the settings are there. */
async function ready(settings: Partial<SupportSettings> = {}, timing: Timing = quick) {
  desk = openDesk(settings)
  const told: string[] = []
  const logger = (_: string, message: string) => void told.push(message)
  const options = { url: desk.url, key: newKey(), logger }
  const { client, handle } = await connectWithSupport(options, docuApiServer(), timing)
  await names(client)
  return { client, handle, told }
}

test('a ticket is sent once, with the key of the server', async () => {
  const { client } = await ready()
  expect((await ask(client)).structuredContent).toMatchObject({ status: 'received' })
  expect(desk.received).toHaveLength(1)
  expect(desk.received[0]?.authorization).toMatch(/^Bearer sk_test_/)
  expect(desk.received[0]?.key).toMatch(/^[0-9a-f-]{36}$/)
})

test('while the desk is away tickets wait, and arrive once each when it is back', async () => {
  const { client } = await ready()
  await desk.goAway()
  for (const title of ['First ticket', 'Second ticket']) {
    const result = await ask(client, { title })
    expect(result.isError).toBeUndefined()
    expect(result.structuredContent).toEqual({ status: 'queued' })
    expect(textOf(result)).toContain('will be delivered')
  }
  const gone = new Date().toISOString()
  desk.comeBack()
  await until(() => desk.received.length === 2)
  await Bun.sleep(100)
  expect(desk.received.map(({ ticket }) => ticket.title).sort()).toEqual([
    'First ticket',
    'Second ticket',
  ])
  expect(new Set(desk.received.map(({ key }) => key)).size).toBe(2)
  for (const { ticket } of desk.received)
    expect(ticket.raisedAt && ticket.raisedAt <= gone).toBe(true)
})

test('a desk that hangs does not hold the model up, and gets the ticket once', async () => {
  const { client } = await ready({}, { ...quick, attemptMs: 2_000 })
  desk.delayMs = 3_000
  const started = performance.now()
  expect((await ask(client)).structuredContent).toEqual({ status: 'queued' })
  expect(performance.now() - started).toBeWithin(300, 1_900)
  await until(() => desk.attempts.length >= 2, 10_000)
  desk.delayMs = 0
  await until(() => desk.attempts.length >= 3, 10_000)
  expect(new Set(desk.attempts.map(({ key }) => key)).size).toBe(1)
  await until(() => desk.received.length > 0)
  expect(desk.received).toHaveLength(1)
})

test('with the real waits the model is answered within five seconds', async () => {
  const { client } = await ready({}, real)
  desk.delayMs = 60_000
  const started = performance.now()
  expect((await ask(client)).structuredContent).toEqual({ status: 'queued' })
  expect(performance.now() - started).toBeWithin(4_000, limits.answerWithinMs)
})

test.each([500, 503] as const)('a %d is tried again with the same key', async (status) => {
  const { client } = await ready()
  desk.refusals.push({ code: 'internal', status }, { code: 'unavailable', status })
  expect((await ask(client)).structuredContent).toEqual({ status: 'queued' })
  await until(() => desk.received.length === 1)
  expect(desk.attempts).toHaveLength(3)
  expect(new Set(desk.attempts.map(({ key }) => key)).size).toBe(1)
})

test('what is sent again is what was sent, whatever has happened since', async () => {
  const server = docuApiServer()
  let finish = () => {}
  server.registerTool('slow', {}, () => {
    return new Promise((resolve) => {
      finish = () => resolve({ content: [], isError: true })
    })
  })
  desk = openDesk()
  const { client } = await connectWithSupport({ url: desk.url, key: newKey() }, server)
  await names(client)
  const slow = client.callTool({ name: 'slow' })
  desk.refusals.push({ code: 'internal', status: 500 })
  expect((await ask(client)).structuredContent).toEqual({ status: 'queued' })
  finish()
  await slow
  await until(() => desk.attempts.length === 2)
  await until(() => desk.received.length === 1)
  expect(desk.received[0]?.ticket.context?.calls[0]?.outcome).toBe('pending')
})

const waits: [number | undefined, string][] = [
  [undefined, 'will be sent later'],
  [30, 'will be sent within a minute'],
  [700, 'will be sent in about 12 minutes'],
]
test.each(waits)(
  'too many tickets, for %p seconds, is not told as an outage',
  async (retryAfter, said) => {
    const { client } = await ready()
    desk.refusals.push({ code: 'too_many', status: 429, ...(retryAfter && { retryAfter }) })
    const result = await ask(client)
    expect(result.structuredContent).toEqual({ status: 'queued' })
    expect(textOf(result)).toContain('too many')
    expect(textOf(result)).toContain(said)
    expect(textOf(result)).not.toContain('does not answer')
  },
)

test('a 429 is obeyed, also when the process wants to flush', async () => {
  const { client, handle } = await ready()
  desk.refusals.push({ code: 'too_many', status: 429, retryAfter: 1 })
  expect((await ask(client)).structuredContent).toEqual({ status: 'queued' })
  await handle.flush(10_000)
  const [first, second] = desk.attempts
  expect(desk.attempts).toHaveLength(2)
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeWithin(950, 9_000)
  expect(second?.key).toBe(first?.key)
})

test('a refused key stops all sending, and is told once', async () => {
  const { client, told } = await ready()
  desk.refuseSettings = { code: 'key_invalid', status: 401 }
  desk.refusals.push({ code: 'key_invalid', status: 401 })
  const result = await ask(client)
  expect(result.isError).toBe(true)
  expect(textOf(result)).toContain('not set up')
  await ask(client)
  await ask(client)
  expect(desk.attempts).toHaveLength(1)
  expect(await names(client)).not.toContain('get_support_tool')
  expect(told.filter((message) => message.includes('no ticket is sent'))).toHaveLength(1)
})

test('what was promised is sent after all once a refused key is accepted again', async () => {
  const { client } = await ready({}, { ...quick, settingsFreshMs: 0 })
  desk.refusals.push({ code: 'internal', status: 500 }, { code: 'key_invalid', status: 401 })
  expect((await ask(client)).structuredContent).toEqual({ status: 'queued' })
  await until(() => desk.attempts.length === 2)
  await Bun.sleep(200)
  expect(desk.attempts).toHaveLength(2)
  await names(client)
  await until(() => desk.received.length === 1)
})

test('what was promised is sent without any traffic once a refused key is accepted again', async () => {
  const { client } = await ready({}, { ...quick, keyRetryMs: 60 })
  const { asked } = desk
  const refused = { code: 'key_invalid', status: 401 } as const
  desk.refusals.push({ code: 'internal', status: 500 }, refused, refused, refused)
  expect((await ask(client)).structuredContent).toEqual({ status: 'queued' })
  await until(() => desk.received.length === 1)
  expect(desk.asked).toBe(asked)
  const gaps = desk.attempts.slice(2).map(({ at }, n) => at - (desk.attempts[n + 1]?.at ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(55)
  expect(new Set(desk.attempts.map(({ key }) => key)).size).toBe(1)
})

test('after a refused key nothing is asked while nothing waits', async () => {
  const { client } = await ready({}, { ...quick, keyRetryMs: 20 })
  const { asked } = desk
  desk.refusals.push({ code: 'key_invalid', status: 401 })
  expect((await ask(client)).isError).toBe(true)
  await Bun.sleep(150)
  expect([desk.attempts.length, desk.asked]).toEqual([1, asked])
})

const gateways: [string, Response][] = [
  ['401', Response.json({ message: 'no' }, { status: 401 })],
  ['403 with an error', Response.json({ error: { message: 'no', code: 1 } }, { status: 403 })],
  [
    '404 of another tRPC',
    Response.json(
      { error: { message: 'no', code: -32004, data: { code: 'NOT_FOUND', httpStatus: 404 } } },
      { status: 404 },
    ),
  ],
  ['404 page', new Response('<html>', { status: 404 })],
  ['413', new Response('', { status: 413 })],
  ['200 page', new Response('<html>')],
]
test.each(gateways)("a gateway's %s is not the last word of the desk", async (_, answer) => {
  const { client } = await ready()
  desk.between.push(answer)
  expect((await ask(client)).structuredContent).toEqual({ status: 'queued' })
  await until(() => desk.received.length === 1)
})

test('support switched off meanwhile is said, and hides the tool', async () => {
  const { client } = await ready()
  desk.refusals.push({ code: 'support_disabled', status: 403 })
  desk.settings = { ...desk.settings, enabled: false }
  expect(textOf(await ask(client))).toContain('switched off')
  expect(await names(client)).not.toContain('get_support_tool')
})

const refusals: [string, Refusal, string][] = [
  ['a missing identity', { code: 'identity_required', status: 401 }, 'sign in'],
  ['a bad identity', { code: 'identity_invalid', status: 401 }, 'sign in'],
  ['bad input', { code: 'input_invalid', status: 422, message: 'email: no' }, 'email: no'],
]
test.each(refusals)('the refusal of %s is final and explained', async (_, refusal, sentence) => {
  const { client } = await ready()
  desk.refusals.push(refusal)
  const result = await ask(client)
  expect(result.isError).toBe(true)
  expect(textOf(result)).toContain(sentence)
  await Bun.sleep(120)
  expect(desk.attempts).toHaveLength(1)
})

test('a queue that is full says so instead of promising', async () => {
  const { client, told } = await ready({}, { ...quick, backoffMs: 60_000, backoffMsMax: 60_000 })
  await desk.goAway()
  const results = await Promise.all(
    Array.from({ length: 201 }, (_, at) => ask(client, { title: `Ticket ${at}` })),
  )
  expect(results.filter((result) => result.isError)).toHaveLength(1)
  expect(told.filter((message) => message.includes('queue of tickets is full'))).toHaveLength(1)
})

test('flush sends at once what waits, and resolves when it is through', async () => {
  const { client, handle } = await ready({}, { ...quick, backoffMs: 60_000, backoffMsMax: 60_000 })
  desk.refusals.push({ code: 'internal', status: 500 })
  await ask(client)
  expect(desk.received).toHaveLength(0)
  await handle.flush()
  expect(desk.received).toHaveLength(1)
})

test('close delivers what waits', async () => {
  const { client, handle } = await ready({}, { ...quick, backoffMs: 60_000, backoffMsMax: 60_000 })
  desk.refusals.push({ code: 'internal', status: 500 })
  await ask(client)
  await handle.close()
  expect(desk.received).toHaveLength(1)
})

test('flush gives up at its deadline, and says how many tickets wait', async () => {
  const { client, handle, told } = await ready()
  await desk.goAway()
  await ask(client)
  const started = performance.now()
  await handle.flush(100)
  expect(performance.now() - started).toBeWithin(90, 5_000)
  expect(told.at(-1)).toContain('tickets that wait for the desk: 1')
})

test('flush of an empty queue resolves at once', async () => {
  const { handle } = await ready()
  const started = performance.now()
  await handle.flush(60_000)
  expect(performance.now() - started).toBeLessThan(10_000)
})

test('a call its client called off is not sent again', async () => {
  const { client } = await ready()
  desk.delayMs = 100
  desk.refusals.push({ code: 'internal', status: 500 })
  const callOff = new AbortController()
  setTimeout(() => callOff.abort(), 50)
  const words = { title: 'Oops', description: 'Never mind', email: 'alex@company.com' }
  const call = client.callTool({ name: 'get_support_tool', arguments: words }, undefined, {
    signal: callOff.signal,
  })
  await expect(call).rejects.toThrow()
  await Bun.sleep(300)
  expect(desk.attempts).toHaveLength(1)
})

test('a call called off before it began sends nothing', async () => {
  desk = openDesk()
  const call = createClient(
    desk.url,
    newKey(),
    createLog(() => undefined),
    quick,
  )
  const off = { signal: AbortSignal.abort(), idempotencyKey: 'k' }
  expect((await call('mutation', 'support.createTicket', {}, off)).ok).toBe(false)
  await Bun.sleep(30)
  expect(desk.attempts).toHaveLength(0)
})

test('an answer that is not from the desk is no receipt', async () => {
  const { client } = await ready()
  desk.receipt = { reference: undefined as unknown as string }
  expect((await ask(client)).structuredContent).toEqual({ status: 'queued' })
  desk.receipt = {}
  await until(() => desk.attempts.length > 1)
  expect(desk.received).toHaveLength(1)
})
