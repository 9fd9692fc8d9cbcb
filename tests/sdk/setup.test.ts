import { afterAll, expect, test } from 'bun:test'
import { register } from '../../sdk/src/register.ts'
import { readSetUp } from '../../sdk/src/setup.ts'
import { openDesk, quick } from './desk.ts'
import { connectWithSupport, docuApiServer, names } from './hosts.ts'

const desk = openDesk()
afterAll(desk.close)

const url = 'https://desk.example/s/docuapi'
const key = 'sk_live_abc'

const wrong: [string, { url?: unknown; key?: unknown }, string][] = [
  ['no address', { key }, 'set MCP_OBS_URL and MCP_OBS_KEY'],
  ['no key', { url }, 'set MCP_OBS_URL and MCP_OBS_KEY'],
  ['a key of spaces', { url, key: ' \n' }, 'set MCP_OBS_URL and MCP_OBS_KEY'],
  ['an address of another kind', { url: 'ftp://desk.example', key }, 'set MCP_OBS_URL'],
  ['a line break in the key', { url, key: 'sk_live\n_abc' }, 'MCP_OBS_KEY has'],
  ['a space in the key', { url, key: 'sk_live abc' }, 'MCP_OBS_KEY has'],
  ['typographic quotes around the key', { url, key: '“sk_live_abc”' }, 'MCP_OBS_KEY has'],
  ['a user in the address', { url: 'https://ana:hunter2@desk.example', key }, 'MCP_OBS_URL has'],
  ['a query', { url: `${url}?key=hunter2`, key }, 'MCP_OBS_URL has'],
  ['an empty query', { url: `${url}?`, key }, 'MCP_OBS_URL has'],
  ['a fragment', { url: `${url}#hunter2`, key }, 'MCP_OBS_URL has'],
]
test.each(wrong)('%s is told for what it is, and not repeated', (_, options, sentence) => {
  const told = readSetUp(options)
  expect(told).toContain(sentence)
  expect(told).not.toMatch(/sk_live|hunter2/)
})

test('what surrounds address and key does not matter', async () => {
  const options = { url: ` ${desk.url}\n`, key: '\tsk_setup_around \r\n' }
  const { client } = await connectWithSupport(options)
  expect(await names(client)).toContain('get_support_tool')
})

test('a key that cannot be sent is told by the name of its setting, once somebody listens', () => {
  const told: string[] = []
  const bad = { url, key: 'sk_live\nabc' }
  register(docuApiServer(), bad, quick)
  const logger = (_: string, message: string) => void told.push(message)
  for (let times = 0; times < 2; times++) register(docuApiServer(), { ...bad, logger }, quick)
  expect(told).toHaveLength(1)
  expect(told[0]).toContain('MCP_OBS_KEY has a space, a line break or a quotation mark in it')
})
