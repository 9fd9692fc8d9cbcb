import { afterAll, expect, test } from 'bun:test'
import { newKey, openDesk } from './desk.ts'
import { openWire } from './wire.ts'

const desk = openDesk()
afterAll(desk.close)

const own = 'get_support_tool'

/** A host that makes a server for each request. */
function perRequest() {
  const options = { url: desk.url, key: newKey() }
  const open = () =>
    openWire(options, { start: async () => {}, send: async () => {}, handleRequest: () => {} })
  return {
    list: async (...page: Parameters<Awaited<ReturnType<typeof open>>['list']>) =>
      (await open()).list(...page),
    /** Whether a call of our name is left to the server. */
    leaves: async () => {
      const wire = await open()
      wire.ask('?', 'tools/call', { name: own, arguments: {} })
      return wire.reached.some((message) => message.id === '?')
    },
  }
}

const first = { nextCursor: '2' }
const second = { cursor: '2' }

test("a server's own tool on the second page is known, and stays so while others list", async () => {
  const host = perRequest()
  await host.list(['one'], first)
  expect(await host.list(['two', own], second)).toEqual(['two', own])
  expect(await host.leaves()).toBe(true)
  await host.list(['one'], first)
  expect(await host.leaves()).toBe(true)
  await host.list(['two', own], second)
  expect(await host.leaves()).toBe(true)
})

test('it is gone when a whole list has been without it', async () => {
  const host = perRequest()
  await host.list([own], {})
  expect(await host.leaves()).toBe(true)
  await host.list(['one'], first)
  expect(await host.list(['two'], second)).toEqual(['two', own])
  expect(await host.leaves()).toBe(false)
})

test('the rest of a list says nothing about its beginning', async () => {
  const host = perRequest()
  expect(await host.list([own], first)).toEqual([own])
  expect(await host.list(['two'], second)).toEqual(['two'])
  expect(await host.leaves()).toBe(true)
})

test('before anybody has listed the tools, ours answers', async () => {
  expect(await perRequest().leaves()).toBe(false)
})
