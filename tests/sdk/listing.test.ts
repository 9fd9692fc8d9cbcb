import { afterAll, expect, test } from 'bun:test'
import type { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js'
import { register } from '../../sdk/src/register.ts'
import { newKey, openDesk, quick, until } from './desk.ts'
import {
  ask,
  connectHttp,
  connectWithSupport,
  docuApiServer,
  names,
  pagedServer,
  serveHttp,
  textOf,
} from './hosts.ts'

const desk = openDesk()
afterAll(desk.close)

/** Settings are as fresh as can be, so that each call finds out what the desk says now. */
const eager = { ...quick, settingsIdleMs: 0, settingsFreshMs: 0 }

const call = (client: Client) => client.callTool({ name: 'echo', arguments: { text: 'x' } })

function countChanges(client: Client) {
  const heard = { changes: 0 }
  client.setNotificationHandler(ToolListChangedNotificationSchema, () => void heard.changes++)
  return heard
}

test('a tool the developer names is listed, and answers, by that name', async () => {
  const options = { url: desk.url, key: newKey(), toolName: 'docuapi.contact-support' }
  const { client } = await connectWithSupport(options)
  expect(await names(client)).toEqual(['echo', 'broken', 'docuapi.contact-support'])
  const title = 'Authentication fails'
  const given = { title, description: '401 whatever I try', email: 'alex@company.com' }
  const receipt = await client.callTool({ name: 'docuapi.contact-support', arguments: given })
  expect(receipt.structuredContent).toMatchObject({ status: 'received' })
  expect(textOf(await ask(client))).toContain('get_support_tool not found')
})

test('a server whose own tool took the name keeps it, and shows ours by another', async () => {
  const server = docuApiServer()
  server.registerTool('get_support_tool', {}, () => ({ content: [{ type: 'text', text: 'own' }] }))
  const options = { url: desk.url, key: newKey(), toolName: 'raise_ticket' }
  const { client } = await connectWithSupport(options, server)
  expect(await names(client)).toEqual(['echo', 'broken', 'get_support_tool', 'raise_ticket'])
  expect(textOf(await ask(client))).toBe('own')
})

for (const toolName of ['', 'get support', 'a'.repeat(129), 'ünter'])
  test(`"${toolName.slice(0, 12)}" is no name of a tool: it is told, and the usual one is used`, async () => {
    const told: string[] = []
    const logger = (_: string, message: string) => void told.push(message)
    const { client } = await connectWithSupport({ url: desk.url, key: newKey(), toolName, logger })
    expect(await names(client)).toContain('get_support_tool')
    expect(told).toHaveLength(1)
    expect(told[0]).toContain('toolName')
  })

test('a request to sign in names the tool to call again', async () => {
  const external = openDesk({ auth: 'external' })
  const options = { url: external.url, key: newKey(), toolName: 'raise_ticket' }
  const { client } = await connectWithSupport(options)
  const given = { title: 'Authentication fails', description: '401 whatever I try' }
  const answer = await client.callTool({ name: 'raise_ticket', arguments: given })
  expect(textOf(answer)).toContain('call raise_ticket once more')
  external.close()
})

test('a client that listed while the desk was away is told once the tool is there', async () => {
  const away = openDesk()
  away.goAway()
  const timing = { ...eager, settingsWaitMs: 50 }
  const options = { url: away.url, key: newKey() }
  const { client } = await connectWithSupport(options, docuApiServer(), timing)
  const heard = countChanges(client)
  expect(client.getServerCapabilities()?.tools?.listChanged).toBe(true)
  expect(await names(client)).toEqual(['echo', 'broken'])
  away.comeBack()
  await call(client)
  await until(() => heard.changes > 0)
  expect(await names(client)).toEqual(['echo', 'broken', 'get_support_tool'])
  for (let times = 0; times < 5; times++) await call(client)
  expect(heard.changes).toBe(1)
  away.close()
})

test('a client in a session is told once of each change, over the stream it listens on', async () => {
  const changing = openDesk()
  const key = newKey()
  const make = () => {
    const server = docuApiServer()
    register(server, { url: changing.url, key }, eager)
    return server
  }
  const host = serveHttp(make, { sessions: true })
  const client = await connectHttp(host.url)
  const heard = countChanges(client)
  await names(client)
  await call(client)
  expect(heard.changes).toBe(0)
  changing.settings = { ...changing.settings, enabled: false }
  await call(client)
  await until(() => heard.changes === 1)
  changing.settings = { ...changing.settings, enabled: true, title: 'Ask DocuAPI' }
  await call(client)
  await until(() => heard.changes === 2)
  expect((await client.listTools()).tools.at(-1)?.title).toBe('Ask DocuAPI')
  await client.close()
  host.close()
  changing.close()
})

test('where requests have no session nothing is announced, and nobody is told that it would be', async () => {
  const changing = openDesk()
  const key = newKey()
  const sent: unknown[] = []
  const make = () => {
    const server = pagedServer()
    register(server, { url: changing.url, key }, eager)
    return server
  }
  const host = serveHttp(make, { sessions: false, onSend: (message) => void sent.push(message) })
  const client = await connectHttp(host.url)
  expect(client.getServerCapabilities()?.tools).toEqual({})
  await names(client)
  changing.settings = { ...changing.settings, enabled: false }
  for (let times = 0; times < 3; times++) await call(client)
  await names(client)
  expect(sent.length).toBeGreaterThan(4)
  expect(JSON.stringify(sent)).not.toContain('list_changed')
  await client.close()
  host.close()
  changing.close()
})
