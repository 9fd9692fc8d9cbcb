import { afterAll, afterEach, expect, test } from 'bun:test'
import { newKey, openDesk } from './desk.ts'
import { ask, connectWithSupport, textOf } from './hosts.ts'

const desk = openDesk()
afterAll(desk.close)
afterEach(() => {
  desk.receipt = {}
  desk.delayMs = 0
})

const raise = async (answer: unknown, times = 1) => {
  desk.receipt = { answer } as never
  const { client } = await connectWithSupport({ url: desk.url, key: newKey() })
  // The client holds what is structured to the schema of the list.
  await client.listTools()
  const results = []
  for (let time = 0; time < times; time++) results.push(await ask(client))
  return results
}
const data = (result: unknown) => (result as { structuredContent: object }).structuredContent

test('an answer comes before the reference, in full, and the ticket is still filed', async () => {
  const answer = 'Keys of before May have to be renewed.\nMore: https://docuapi.example/keys'
  const [result] = await raise(answer)
  const { reference } = data(result) as { reference: string }
  expect(data(result)).toEqual({ status: 'received', reference, answer })
  const text = textOf(result)
  expect(text.indexOf(answer)).toBeGreaterThan(0)
  expect(text.indexOf(reference)).toBeGreaterThan(text.indexOf(answer) + answer.length)
  expect(text).toContain('Tell it to the user first')
  expect(text).toContain('filed all the same')
})

test('who asks again is told the same, answer and reference', async () => {
  const [first, again] = await raise('Renew the key.', 2)
  expect(data(first)).toMatchObject({ answer: 'Renew the key.' })
  expect(again).toEqual(first as never)
})

test('what nobody sees is taken out of an answer, whatever desk sent it', async () => {
  const [result] = await raise('\u202eRenew\u200b the\u{e0041}\u{e0042} key.\u0007\r\nNow.')
  expect(data(result)).toMatchObject({ answer: 'Renew the key.\nNow.' })
  expect(textOf(result)).not.toMatch(/(?!\n)[\p{C}\p{DI}]/u)
})

test('an answer without words, or that is no text, is none', async () => {
  for (const none of ['', '\u200b\u2060', 7, null, { text: 'x' }]) {
    const [result] = await raise(none)
    expect(data(result)).toEqual({ status: 'received', reference: expect.any(String) })
    expect(textOf(result)).not.toContain('answer')
  }
})

test('an answer that is too long is cut, and says so', async () => {
  const [result] = await raise('😀'.repeat(2_000))
  const { answer } = data(result) as { answer: string }
  expect(answer.length).toBeWithin(890, 901)
  expect(answer).toEndWith('😀…')
  expect(textOf(result)).toContain(answer)
})

test('a ticket that waits has no answer yet', async () => {
  desk.delayMs = 600
  const [result] = await raise('Renew the key.')
  expect(data(result)).toEqual({ status: 'queued' })
  expect(textOf(result)).not.toContain('Renew')
})
