import { afterAll, expect, test } from 'bun:test'
import { newKey, openDesk, until } from './desk.ts'
import { introduce, openWire } from './wire.ts'

const desk = openDesk({ context: 'recent' })
afterAll(desk.close)
const options = () => ({ url: desk.url, key: newKey() })

test('a ticket is answered however many calls come while it is raised', async () => {
  const wire = await openWire(options())
  desk.delayMs = 50
  const raised = wire.raise('Among many')
  for (let call = 0; call < 1_100; call++)
    wire.ask(call, 'tools/call', { name: 'slow', arguments: {} })
  expect((await raised).structuredContent).toMatchObject({ status: 'received' })
  desk.delayMs = 0
})

test('a ticket is answered whatever the code of the host throws', async () => {
  const told: string[] = []
  const wire = await openWire({
    ...options(),
    logger: (_, message) => void told.push(message),
    reporter: () => {
      throw Object.create(null)
    },
  })
  const { structuredContent } = await wire.raise('Thrown', { authInfo: { token: 't' } })
  expect(structuredContent).toMatchObject({ status: 'received' })
  expect(told).toHaveLength(1)
})

test('a ticket is answered even where nobody can tell who raises it', async () => {
  const wire = await openWire(options())
  const extra = {
    get authInfo(): object {
      throw new Error('not now')
    },
  }
  expect(await wire.raise('Whose?', extra)).toMatchObject({ isError: true })
})

test('a call and a ticket by one id leave the outcome of the call open', async () => {
  const wire = await openWire(options())
  introduce(wire, 'hello')
  const words = { title: 'By one id', description: 'More words', email: 'alex@company.com' }
  wire.ask(7, 'tools/call', { name: 'slow', arguments: {} })
  wire.ask(7, 'tools/call', { name: 'get_support_tool', arguments: words })
  await until(() => wire.sent.some((message) => message.id === 7))
  await wire.answer(7, { isError: true, content: [{ type: 'text', text: 'of whom?' }] })
  await wire.raise('Whose is it?')
  const { context } = desk.received.at(-1)?.ticket ?? {}
  expect(context?.calls).toEqual([{ tool: 'slow', at: expect.any(String), outcome: 'pending' }])
})
