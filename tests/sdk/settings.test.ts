import { afterEach, expect, test } from 'bun:test'
import { type DeskDouble, newKey, openDesk, quick, until } from './desk.ts'
import { ask, connectWithSupport, docuApiServer, names, textOf } from './hosts.ts'

let desk: DeskDouble
afterEach(() => desk.close())

async function connected(waits: Partial<typeof quick> = {}) {
  const timing = { ...quick, settingsFreshMs: 0, settingsIdleMs: 0, ...waits }
  return connectWithSupport({ url: desk.url, key: newKey() }, docuApiServer(), timing)
}

test('settings that do not come are given up, and asked for again, sooner than a ticket would be', async () => {
  desk = openDesk()
  desk.settingsDelayMs = 60_000
  const waits = { attemptMs: 60_000, settingsAttemptMs: 100, settingsWaitMs: 50 }
  const { client } = await connected(waits)
  await until(() => desk.asked === 1)
  desk.settingsDelayMs = 0
  const shown = async () => (await names(client)).includes('get_support_tool')
  const deadline = performance.now() + 5_000
  while (!(await shown()) && performance.now() < deadline) await Bun.sleep(20)
  expect(await shown()).toBe(true)
})

test('a desk that asks to wait is not asked for settings before', async () => {
  desk = openDesk()
  desk.refuseSettings = { code: 'too_many', status: 429, retryAfter: 2 }
  const since = performance.now()
  const { client } = await connected()
  for (let times = 0; times < 5; times++) await names(client)
  expect(desk.asked).toBe(1)
  desk.refuseSettings = undefined
  while (!(await names(client)).includes('get_support_tool')) await Bun.sleep(20)
  expect(performance.now() - since).toBeGreaterThan(1_900)
  expect(desk.asked).toBeGreaterThan(1)
})

test('a model is not told to try again where the desk refuses the key', async () => {
  desk = openDesk()
  desk.refuseSettings = { code: 'key_invalid', status: 401 }
  const { client } = await connected()
  expect(textOf(await ask(client))).toContain('Trying again will not help')
})

test('nor where the key is refused with a ticket, and settings are silent since', async () => {
  desk = openDesk()
  const { client } = await connected({ settingsFreshMs: 60_000, settingsIdleMs: 60_000 })
  await names(client)
  desk.refusals.push({ code: 'key_invalid', status: 401 })
  expect(textOf(await ask(client))).toContain('Trying again will not help')
  desk.refuseSettings = { code: 'key_invalid', status: 401 }
  expect(textOf(await ask(client))).toContain('Trying again will not help')
  expect(desk.attempts).toHaveLength(1)
})

test('nothing that nobody sees reaches a model from settings', async () => {
  const hidden = '\u{e0049}\u{e0067}\u200b\u202e\u0007'
  const words = (text: string) => `${text}${hidden}\u2028\n of ours`
  desk = openDesk({
    check: true,
    title: words('Title'),
    description: words('About'),
    serverName: words('Docs'),
    categories: [words('Bug'), hidden, 'Other'],
  })
  const { client } = await connected()
  const { tools } = await client.listTools()
  const [support, check] = tools.slice(-2)
  expect(support?.title).toBe('Title   of ours')
  expect(support?.description).toStartWith('About\n\n of ours.')
  expect(support?.inputSchema.properties?.category).toMatchObject({
    enum: ['Bug   of ours', 'Other'],
  })
  expect(check?.description).toContain('at Docs   of ours,')
  const told = JSON.stringify([support, check, textOf(await ask(client))])
  expect(told).not.toMatch(/[\p{C}\p{DI}\p{Zl}]/u)
  desk.settings = { ...desk.settings, serverName: hidden, title: hidden }
  const { client: next } = await connected()
  const named = (await next.listTools()).tools.at(-2)
  expect(named).toMatchObject({ title: 'Get support' })
  expect(named?.description).toContain('a person at this server reads')
})

test('a model is told that support is switched off where the desk says so', async () => {
  desk = openDesk()
  desk.refuseSettings = { code: 'support_disabled', status: 403 }
  const { client } = await connected()
  expect(textOf(await ask(client))).toContain('Support is switched off')
})

test('a model is told to try again where the desk is away', async () => {
  desk = openDesk()
  await desk.goAway()
  const { client } = await connected()
  expect(textOf(await ask(client))).toContain('Try again in a few minutes')
})
