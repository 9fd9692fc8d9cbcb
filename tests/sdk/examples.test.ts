import { afterAll, expect, test } from 'bun:test'
import { openDesk } from './desk.ts'

const desk = openDesk()
afterAll(desk.close)

const env = { ...process.env, MCP_OBS_URL: desk.url, MCP_OBS_KEY: 'sk_test_examples' }
const raise = (...args: string[]) =>
  Bun.spawn([process.execPath, 'sdk/examples/raise-a-ticket/client.ts', ...args], {
    env,
    stdout: 'pipe',
    stderr: 'pipe',
  })

test('the examples raise a ticket over stdio', async () => {
  const run = raise('--email', 'sam@company.com')
  expect(await new Response(run.stdout).text()).toContain('DOCUAPI-1')
  expect(await run.exited).toBe(0)

  const [first] = desk.received
  expect(first?.ticket.email).toBe('sam@company.com')
  expect(first?.ticket.context).toMatchObject({
    transport: 'stdio',
    client: { name: 'raise-a-ticket' },
    server: { name: 'docuapi', version: '2.3.1' },
    calls: [{ tool: 'search_docs', outcome: 'error', arguments: { query: 'users' } }],
  })
})

test('the examples raise a ticket over Streamable HTTP', async () => {
  const server = Bun.spawn([process.execPath, 'sdk/examples/docuapi/server.ts', '--http', '0'], {
    env,
    stderr: 'pipe',
  })
  let said = ''
  const decoder = new TextDecoder()
  for await (const chunk of server.stderr) {
    said += decoder.decode(chunk)
    if (said.includes('/mcp')) break
  }
  const run = raise('--url', said.match(/http:\S+/)?.[0] ?? '')
  expect(await new Response(run.stdout).text()).toContain('DOCUAPI-2')
  expect(await run.exited).toBe(0)
  server.kill()
  expect(desk.received[1]?.ticket.context).toMatchObject({
    transport: 'http',
    calls: [{ tool: 'search_docs' }],
  })
})

test('the client example fails when there is no support tool', async () => {
  const run = Bun.spawn([process.execPath, 'sdk/examples/raise-a-ticket/client.ts'], {
    env: { ...process.env, MCP_OBS_URL: '', MCP_OBS_KEY: '' },
    stdout: 'ignore',
    stderr: 'pipe',
  })
  expect(await new Response(run.stderr).text()).toContain('no support tool')
  expect(await run.exited).toBe(1)
})
