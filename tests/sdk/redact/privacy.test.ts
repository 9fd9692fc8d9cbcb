import { expect, test } from 'bun:test'
import { limits } from '../../../sdk/src/limits.ts'
import type { SupportToolOptions } from '../../../sdk/src/options.ts'
import { createRedactor, redactText, redactValue } from '../../../sdk/src/redact.ts'
import { nameLists } from '../../../sdk/src/secrets.ts'

const page = await Bun.file(new URL('../../../docs/privacy.md', import.meta.url)).text()
const section = (title: string) => page.split(`# ${title}\n`)[1]?.split(/\n#+ /)[0] ?? ''
const quotedIn = (text: string) =>
  [...text.matchAll(/`([^`\n]+)`/g)].map(([, quoted = '']) => quoted)
const paragraph = (start: string) =>
  section('By its name')
    .split('\n\n')
    .find((text) => text.startsWith(start)) ?? ''

test('every name that stands for a secret is on the page', () => {
  const { secretWords, secretPairs } = nameLists()
  expect(quotedIn(paragraph('One of these words'))).toEqual(
    expect.arrayContaining([...secretWords]),
  )
  expect(quotedIn(paragraph('Two of these'))).toEqual(
    [...secretPairs].map((pair) => pair.replace('-', ' ')),
  )
})

test('every name on the page is redacted, and what it says stays does', () => {
  const names = [
    ...quotedIn(paragraph('One of these words')),
    ...quotedIn(paragraph('Two of these')),
    'token',
    'tokens',
  ]
  for (const name of names)
    expect(redactValue({ [name]: 'hunter2' })).toEqual({ [name]: '[redacted]' })
  const amounts = quotedIn(paragraph('`token`')).slice(2)
  expect(amounts.length).toBeGreaterThan(20)
  const about = quotedIn(paragraph('Not where')).filter((word) => word !== 'tokens')
  const harmless = [
    ...amounts.map((word) => `${word}_token`),
    ...about.map((word) => `password_${word}`),
  ]
  for (const name of harmless) expect(redactValue({ [name]: 'x' })).toEqual({ [name]: 'x' })
})

test('every beginning of a key on the page is known', () => {
  const shapes = section('By its shape')
  const line = shapes.split('\n').find((text) => text.includes('keys of vendors')) ?? ''
  const beginnings = quotedIn(line)
  expect(beginnings.length).toBeGreaterThan(50)
  for (const beginning of beginnings) {
    const key = `${beginning}${'ABCDEFGHIJ234567'.repeat(/^A[KS]IA$/.test(beginning) ? 1 : 3)}`
    expect(redactText(`it says ${key} here`)).toBe('it says [redacted: key] here')
  }
  const line2 = shapes.split('\n').find((text) => text.includes('query parameters')) ?? ''
  for (const name of quotedIn(line2))
    expect(redactText(`/x?${name}=abcdefghijklmnop12&y=1`)).toBe(`/x?${name}=[redacted]&y=1`)
})

test('the limits on the page are those of the program', () => {
  const text = page.replaceAll(/\s+/g, ' ')
  const kB = (bytes: number) => `${bytes / 1024} kB`
  for (const said of [
    `A string ${kB(limits.stringBytesMax)}`,
    `a call ${kB(limits.callBytesMax)}`,
    `all calls ${kB(limits.contextBytesMax)}`,
    `a title ${limits.titleCharsMax} characters`,
    `a description ${limits.descriptionCharsMax}`,
    `${limits.keysMax} keys or items`,
    `the last ${limits.callsMax} calls`,
    `more than ${limits.callsAgeMsMax / 60_000} minutes ago goes with no ticket`,
  ])
    expect(text).toContain(said)
})

test('the example on the page does what is said of it', () => {
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(page) ?? []
  let options: Partial<SupportToolOptions> = {}
  const script = new Bun.Transpiler({ loader: 'ts' }).transformSync(code)
  new Function('registerSupportTool', 'server', script)((_: unknown, given: object) => {
    options = given
  })
  const redactor = createRedactor({ keys: options.redactKeys, hook: options.redact })
  const given = {
    patient: { name: 'Alex', age: 41 },
    note: 'see CASE-4711, password=hunter2',
    employeeId: false,
    'X-Employee-Id': 7,
    user: { 'employee.ids': [1] },
  }
  expect(redactor.value({ arguments: given })).toEqual({
    arguments: {
      patient: {},
      note: 'see CASE-…, password=[redacted]',
      employeeId: '[redacted]',
      'X-Employee-Id': '[redacted]',
      user: { 'employee.ids': '[redacted]' },
    },
  })
})

test('what the page says is not found is not found, so that nobody counts on it', () => {
  const missed = ['my password is hunter2', 'OPENAI_KEY=hunter2', 'sid=hunter2', 'mysql -phunter2']
  for (const text of missed) expect(redactText(text)).toBe(text)
})
