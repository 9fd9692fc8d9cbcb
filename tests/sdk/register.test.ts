import { afterAll, expect, test } from 'bun:test'
import type { SupportToolOptions } from '../../sdk/src/options.ts'
import { register } from '../../sdk/src/register.ts'
import { newKey, openDesk, quick } from './desk.ts'
import { connectWithSupport, docuApiServer, names } from './hosts.ts'

const desk = openDesk()
afterAll(desk.close)

function options(more: object = {}) {
  const told: string[] = []
  const logger = (_: string, message: string) => void told.push(message)
  return { told, given: { url: desk.url, key: newKey(), logger, ...more } as SupportToolOptions }
}

const wrong: [object, string][] = [
  [{ redactKeys: 'employee_id' }, 'redactKeys is a list'],
  [{ redactKeys: [undefined] }, 'redactKeys is a list'],
  [{ redact: 'email' }, 'redact is a function'],
  [{ reporter: {} }, 'reporter is a function'],
]
test('an option that is wrong is told by its name, and the tool is not shown', async () => {
  const told: string[] = []
  for (const [more, words] of wrong) {
    const { told: now, given } = options(more)
    const { client } = await connectWithSupport(given)
    expect(await names(client)).toEqual(['echo', 'broken'])
    told.push(...now)
    expect(told.at(-1)).toContain(words)
    expect(told.at(-1)).not.toContain('not an MCP server')
  }
  expect(told).toHaveLength(3)
})

test('options that throw when they are read are not the fault of the server', () => {
  const { told, given } = options()
  const thrown = [new Error('no keys today'), Object.create(null)]
  for (const error of thrown) {
    const get = () => {
      throw error
    }
    const broken = Object.defineProperty({ ...given }, 'redactKeys', { get })
    expect(() => register(docuApiServer(), broken, quick)).not.toThrow()
    expect(() =>
      register(
        docuApiServer(),
        {
          get logger() {
            return get()
          },
        } as never,
        quick,
      ),
    ).not.toThrow()
  }
  expect(told).toHaveLength(2)
  expect(told[0]).toContain('no keys today')
})

test('a second registration with other options is told once, and changes nothing', async () => {
  const server = docuApiServer()
  const { told, given } = options()
  const handle = register(server, given, quick)
  expect(register(server, { ...given, redactKeys: undefined as never }, quick)).toBe(handle)
  expect(told).toEqual([])
  for (let times = 0; times < 2; times++)
    expect(register(server, { ...given, toolName: 'another' }, quick)).toBe(handle)
  expect(told).toHaveLength(1)
  expect(told[0]).toContain('already')
  const { client } = await connectWithSupport(given, server)
  expect(await names(client)).toContain('get_support_tool')
})
