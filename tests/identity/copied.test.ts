import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newKey, openDesk } from '../sdk/desk.ts'
import { ask, connectHttp, textOf } from '../sdk/hosts.ts'
import { type Issuer, openIssuer, resource } from '../sdk/verify/issuer.ts'
import { type Platform, startPlatform } from './e2e/desk.ts'
import { getToken } from './e2e/token.ts'

/** The set-ups of docs/identity.md, as somebody copies them: what is theirs stands around them. */
const page = await Bun.file(new URL('../../docs/identity.md', import.meta.url)).text()
const copied = (heading: string) =>
  new RegExp(`### ${heading}[^]*?\`\`\`ts\n([^]*?)\`\`\``).exec(page)?.[1] ?? ''
const setUps: [string, { server: string; code: string; listens: string }][] = [
  [
    'Express',
    {
      server: '@modelcontextprotocol/sdk/server/mcp.js',
      code: copied('Express'),
      listens: "const listener = app.listen(0, '127.0.0.1', () => say(listener.address().port))",
    },
  ],
  [
    'Hono',
    {
      server: '@modelcontextprotocol/server',
      code: copied('Hono'),
      listens: "say(Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: app.fetch }).port)",
    },
  ],
  [
    'Bun',
    {
      server: '@modelcontextprotocol/server',
      code: `${copied('Hono')}\nconst http = ${copied('Bun').replace('port: 3001', "port: 0, hostname: '127.0.0.1'")}`,
      listens: 'say(http.port)',
    },
  ],
]

/** Somebody's directory, with the packages of the examples in it. */
const checkout = join(import.meta.dir, '../..')
const directory = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-obs-copied-')))
const desk = openDesk({ auth: 'external' })
let issuer: Issuer
let platform: Platform
beforeAll(async () => {
  ;[issuer, platform] = await Promise.all([openIssuer(), startPlatform()])
  symlinkSync(join(checkout, 'sdk/node_modules'), join(directory, 'node_modules'))
  const paths = {
    '@mcp-obs/sdk': [join(checkout, 'sdk/src/index.ts')],
    '@mcp-obs/sdk/verify': [join(checkout, 'sdk/src/verify.ts')],
  }
  await Bun.write(join(directory, 'tsconfig.json'), JSON.stringify({ compilerOptions: { paths } }))
}, 60_000)
afterAll(async () => {
  await Promise.all([issuer?.close(), desk.close(), platform?.stop()])
  rmSync(directory, { recursive: true })
})

/** Starts what stands there, with what the page says to write for an issuer of one's own. */
async function start(
  [name, { server, code, listens }]: (typeof setUps)[number],
  environment: Record<string, string>,
  ownIssuer?: string,
) {
  const chosen = ownIssuer
    ? code.replace(/process\.env\.MCP_OBS_URL, \/\/ or your own issuer: .*/, `'${ownIssuer}',`)
    : code
  const program = `import { McpServer } from '${server}'
const docuApi = () => new McpServer({ name: 'docuapi', version: '1.0.0' })
const say = (port) => console.log('port ' + port)
${chosen}
${listens}`
  const file = join(directory, `${name}${ownIssuer ? ' external' : ''}.ts`)
  await Bun.write(file, program)
  const child = Bun.spawn([process.execPath, file], {
    cwd: directory,
    env: { ...process.env, ...environment },
    stdout: 'pipe',
    stderr: 'inherit',
  })
  const { value } = await child.stdout.getReader().read()
  const port = /port (\d+)/.exec(new TextDecoder().decode(value))?.[1]
  const stop = () => {
    child.kill()
    return child.exited
  }
  return { url: `http://127.0.0.1:${port}/mcp`, stop }
}

/** The issuers that a server names to a client that has no token. */
async function namedBy(url: string) {
  const stranger = await fetch(url, { method: 'POST' })
  expect(stranger.status).toBe(401)
  const header = stranger.headers.get('www-authenticate') ?? ''
  const documents = /resource_metadata="([^"]+)"/.exec(header)?.[1]
  const described = await fetch(new URL(new URL(documents ?? '').pathname, url))
  return ((await described.json()) as { authorization_servers: string[] }).authorization_servers
}

test.each(setUps)(
  'what stands there for %s verifies users of an issuer of one’s own, and says who raises a ticket',
  async (name, setUp) => {
    const at = { MCP_OBS_URL: desk.url, MCP_OBS_KEY: newKey() }
    const { url, stop } = await start([name, setUp], at, issuer.issuer)
    expect(await namedBy(url)).toEqual([issuer.issuer])
    const token = await issuer.sign({ payload: { email: 'alex@company.com', name: 'Alex' } })
    const client = await connectHttp(url, token)
    expect((await ask(client, { email: undefined })).isError).toBeFalsy()
    expect(desk.received.at(-1)?.ticket.reporter).toEqual({
      issuer: issuer.issuer,
      subject: 'alex',
      email: 'alex@company.com',
      name: 'Alex',
    })
    await client.close()
    await stop()
  },
  30_000,
)

test.each(setUps)(
  'what stands there for %s, as it stands there, takes whom the desk has signed in',
  async (name, setUp) => {
    const { docuapi, owner } = platform
    const at = { MCP_OBS_URL: docuapi.url, MCP_OBS_KEY: docuapi.key }
    const { url, stop } = await start([name, setUp], at)
    expect(await namedBy(url)).toEqual([docuapi.url])
    const { access_token: token } = await getToken(docuapi, resource)
    const client = await connectHttp(url, token)
    const reference = /DOCUAPI-(\d+)/.exec(textOf(await ask(client, { email: undefined })))?.[1]
    const [ticket] = await owner`
      select reporter_proof, user_email from support_ticket where number = ${Number(reference)}`
    expect(ticket).toEqual({
      reporter_proof: 'signed_in',
      user_email: expect.stringMatching(/^sam-/),
    })
    await client.close()
    await stop()
  },
  30_000,
)
