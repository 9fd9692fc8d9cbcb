import { afterAll, expect, test } from 'bun:test'
import { register } from '../../sdk/src/register.ts'
import { createRepeats } from '../../sdk/src/repeats.ts'
import { newKey, openDesk, quick, until } from './desk.ts'
import { ask, connectHttp, connectWithSupport, docuApiServer, serveHttp, textOf } from './hosts.ts'

const desk = openDesk()
afterAll(desk.close)
const connected = () => connectWithSupport({ url: desk.url, key: newKey() })

/** How many tickets are opened by what is done. */
async function opened(act: () => Promise<unknown>) {
  const before = desk.received.length
  await act()
  return desk.received.length - before
}

test('the same call again opens no second ticket and gets the same receipt', async () => {
  const { client } = await connected()
  const tickets = await opened(async () => {
    const receipt = await ask(client)
    expect(await ask(client)).toEqual(receipt)
  })
  expect(tickets).toBe(1)
})

test('so it does while the first is under way', async () => {
  const { client } = await connected()
  desk.delayMs = 50
  const tickets = await opened(async () => {
    const receipts = await Promise.all([ask(client), ask(client), ask(client)])
    expect(new Set(receipts.map(textOf)).size).toBe(1)
  })
  desk.delayMs = 0
  expect(tickets).toBe(1)
})

test('other words, and other callers, open tickets of their own', async () => {
  const { client } = await connected()
  const { client: neighbour } = await connected()
  const tickets = await opened(async () => {
    for (const more of [{}, { title: 'Another' }, { category: 'Bug' }, { email: 'b@c.example' }])
      await ask(client, more)
    await ask(neighbour)
  })
  expect(tickets).toBe(5)
})

test('where nothing tells callers apart, the e-mail address does', async () => {
  const options = { url: desk.url, key: newKey() }
  const make = () => {
    const server = docuApiServer()
    register(server, options, quick)
    return server
  }
  const host = serveHttp(make, { sessions: false })
  const client = await connectHttp(host.url)
  const tickets = await opened(async () => {
    for (const email of ['a@b.example', 'b@b.example', 'a@b.example']) await ask(client, { email })
  })
  expect(tickets).toBe(2)
  host.close()
})

test('a queued ticket is promised once', async () => {
  const { client } = await connected()
  desk.refusals.push({ code: 'internal', status: 500 })
  const tickets = await opened(async () => {
    const receipt = await ask(client)
    expect(receipt.structuredContent).toEqual({ status: 'queued' })
    expect(await ask(client)).toEqual(receipt)
    await until(() => desk.received.at(-1)?.ticket.raisedAt !== undefined)
    await Bun.sleep(150)
  })
  expect(tickets).toBe(1)
})

test('a refused ticket may be raised again', async () => {
  const { client } = await connected()
  desk.refusals.push({ code: 'input_invalid', status: 422 })
  expect((await ask(client)).isError).toBe(true)
  expect((await ask(client)).structuredContent).toMatchObject({ status: 'received' })
})

test('a call that its client gave up on is the same ticket when it is made again', async () => {
  const { client } = await connected()
  await client.listTools()
  const attempts = desk.attempts.length
  desk.delayMs = 150
  const words = { title: 'Given up', description: 'Words', email: 'a@b.example' }
  const call = { name: 'get_support_tool', arguments: words }
  const tickets = await opened(async () => {
    const given = client.callTool(call, undefined, { timeout: 75 }).catch(() => 'gave up')
    expect(await given).toBe('gave up')
    const again = await client.callTool(call)
    expect(again.structuredContent).toMatchObject({ status: 'received' })
    await Bun.sleep(200)
  })
  desk.delayMs = 0
  expect(desk.attempts.length - attempts).toBe(2)
  expect(new Set(desk.attempts.slice(attempts).map(({ key }) => key)).size).toBe(1)
  expect(tickets).toBe(1)
})

const receipt = { reference: 'X-1', status: 'open', createdAt: '' } as const

/** Files by title alone, on a clock of its own. */
function filing() {
  const clock = { ms: 0 }
  const sent: string[] = []
  const repeats = createRepeats(() => clock.ms)
  const file = (title: string) =>
    repeats({
      caller: 'alex',
      given: [title],
      signal: new AbortController().signal,
      make: async () => ({ title, description: 'Words' }),
      send: async ({ title }) => {
        sent.push(title)
        return { status: 'received', receipt }
      },
    })
  return { clock, sent, file }
}

test('after ten minutes the same call opens another ticket', async () => {
  const { clock, sent, file } = filing()
  await file('a')
  clock.ms = 10 * 60_000 - 1
  await file('a')
  expect(sent).toEqual(['a'])
  clock.ms++
  await file('a')
  expect(sent).toEqual(['a', 'a'])
})

test('two hundred tickets are remembered', async () => {
  const { sent, file } = filing()
  for (let at = 0; at < 200; at++) await file(`${at}`)
  await file('0')
  expect(sent).toHaveLength(200)
  await file('200')
  await file('0')
  expect(sent.slice(200)).toEqual(['200', '0'])
})
