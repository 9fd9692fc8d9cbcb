import { afterAll, expect, test } from 'bun:test'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'
import { cutChars, isEmail, plainName } from '../../sdk/src/fit.ts'
import { presentable } from '../../sdk/src/identity.ts'
import { limits } from '../../sdk/src/limits.ts'
import { createRedactor, redactText } from '../../sdk/src/redact.ts'
import { register } from '../../sdk/src/register.ts'
import { readArguments } from '../../sdk/src/ticket.ts'
import { ticketInput } from '../../src/intake/input.ts'
import { storable } from '../../src/lib/text.ts'
import { newKey, openDesk, quick } from './desk.ts'
import { ask, connectWithSupport } from './hosts.ts'

const desk = openDesk({ context: 'recent' })
afterAll(desk.close)

const email = 'alex@company.com'
const words = (title: string, description = 'It fails.', hook?: () => unknown) => {
  const checked = readArguments({ title, description, email }, 'none', createRedactor({ hook }))
  if (!checked.ok) throw new Error(checked.sentence)
  return checked.words
}
/** What stands in a text where a mark was cut in two. */
const brokenMark = /\[r(?:e(?:d(?:a(?:c(?:t(?:ed?)?)?)?)?)?)?(?:…|$)|\[redacted[^\]]*$/

test('a mark at the limit of a title is not cut in two', () => {
  for (let before = 170; before < 190; before++) {
    const { title } = words(`${'x'.repeat(before)} pwd=a ok`)
    expect(title).not.toMatch(brokenMark)
    expect(title.length).toBeLessThanOrEqual(limits.titleCharsMax)
    expect(redactText(title)).toBe(title)
  }
  expect(words(`${'x'.repeat(189)} pwd=ab`).title).toBe(`${'x'.repeat(189)} pwd=…`)
})

/** Pieces that redaction changes, or that become a secret when they are cut. */
const pieces = [
  'pwd=a ',
  'password: required ',
  'token=hunter2&',
  '<pin>1</pin>',
  'Bearer abcdefgh1 ',
  'a://b:c@d ',
  '4111111111111111',
  '41111111111111119999',
  'Cookie: a=b\n',
  'secret:\n  x1\n',
  '--token t ',
  '[',
  ']',
  '"',
  '\\',
  '😀',
  '\ud83d',
  '\0',
  'ä '.repeat(20),
  'x'.repeat(37),
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx.s1gn4tur3 ',
  'data:a/b;base64,AAAA ',
  '-----BEGIN PRIVATE KEY-----',
  'password%3Da%26',
  '-u a:b ',
]
let seed = 1
const random = (below: number) => {
  seed = (seed * 48271) % 2147483647
  return seed % below
}
const made = (chars: number) => {
  let text = 'x'
  while (text.length < chars) text += pieces[random(pieces.length)]
  return `${text.slice(0, chars - 1).trim()}x`
}

test('whatever the words, the desk takes them and finds nothing more to redact', () => {
  for (let run = 0; run < 3_000; run++) {
    const charsMax = limits.descriptionCharsMax - (run % 2 ? random(400) : 0)
    const kept = words(made(limits.titleCharsMax - random(60)), run % 10 ? 'x' : made(charsMax))
    expect(ticketInput.safeParse(kept).error).toBeUndefined()
    for (const text of [kept.title, kept.description]) {
      expect(redactText(text)).toBe(text)
      if (text.endsWith('…')) expect(text).not.toMatch(brokenMark)
    }
  }
})

test('a cut keeps whole characters and shows', () => {
  expect(cutChars('short', 5)).toBe('short')
  expect(cutChars('a long text', 7)).toBe('a long…')
  expect(cutChars('ab😀cd', 4)).toBe('ab…')
  expect(cutChars('ab [image/png, 12 bytes] cd', 10)).toBe('ab…')
  expect(cutChars('ab [not a mark] cd', 10)).toBe('ab [not a…')
})

test('words of which a hook leaves too little are left out whole', () => {
  expect(words('A title', 'Words', () => ' ')).toMatchObject({
    title: '[redacted]',
    description: '[redacted]',
  })
})

const addresses = `a@b.example alex@intranet alex@b.c ä@b.example a..b@c.example .a@c.example a@-b.example
  o'hara+x_y-z@sub.b.example a@b.example. a@b@c.example a@b_c.example A@B.EXAMPLE`
test.each(addresses.split(/\s+/))(
  '%s is an address to the SDK if it is one to the desk',
  (text) => {
    expect(isEmail(text)).toBe(z.email().safeParse(text).success)
  },
)

test('what is no name, and what is no address, is left out; a long name is cut', () => {
  for (const name of [undefined, null, 7, '', ' \n', {}]) expect(plainName(name)).toBeUndefined()
  expect(plainName('n'.repeat(300))).toBe(`${'n'.repeat(199)}…`)
  const who = { issuer: 'https://id.example', subject: 'alex' }
  expect(presentable({ ...who, email: 'alex@intranet', name: ' ' })).toEqual(who)
  expect(presentable({ ...who, name: 'n'.repeat(255) }).name).toHaveLength(limits.nameCharsMax)
})

test('text is made storable as at the desk', () => {
  expect(plainName('a\0b\ud800c')).toBe(storable('a\0b\ud800c'))
})

const programs = [
  ['nothing', ''],
  ['a space', ' '],
  ['NUL', '\0'],
  ['5000 letters', 'n'.repeat(5_000)],
  ['a secret', 'token=hunter2'],
]
test.each(programs)('a client, a server and a tool named by %s lose no ticket', async (_, name) => {
  const info = { name: name ?? '', version: name ?? '' }
  const server = new McpServer(info)
  server.registerTool('echo', {}, () => ({ content: [] }))
  register(server, { url: desk.url, key: newKey() }, quick)
  const [near, far] = InMemoryTransport.createLinkedPair()
  const client = new Client(info)
  await Promise.all([server.connect(far), client.connect(near)])
  await client.callTool({ name: info.name }).catch(() => {})
  await ask(client, { title: 'Named' })
  const { ticket } = desk.received.at(-1) ?? {}
  expect(ticketInput.safeParse(ticket).error).toBeUndefined()
  expect(JSON.stringify(ticket)).not.toContain('hunter2')
})

test.each([-1, 2])('a clock that leaps by %d days loses no ticket', async (days) => {
  const { client } = await connectWithSupport({ url: desk.url, key: newKey() })
  const { now } = performance
  const call = client.callTool({ name: 'echo', arguments: { text: 'x' } })
  performance.now = () => now.call(performance) + days * 86_400_000
  await call
  performance.now = now
  await ask(client, { title: 'Leap' })
  expect(ticketInput.safeParse(desk.received.at(-1)?.ticket).error).toBeUndefined()
})
