import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newKey, openDesk } from '../sdk/desk.ts'
import { ask, connectHttp } from '../sdk/hosts.ts'
import { type Issuer, openIssuer } from '../sdk/verify/issuer.ts'

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
beforeAll(async () => {
  issuer = await openIssuer()
  symlinkSync(join(checkout, 'sdk/node_modules'), join(directory, 'node_modules'))
  const paths = {
    '@mcp-obs/sdk': [join(checkout, 'sdk/src/index.ts')],
    '@mcp-obs/sdk/verify': [join(checkout, 'sdk/src/verify.ts')],
  }
  await Bun.write(join(directory, 'tsconfig.json'), JSON.stringify({ compilerOptions: { paths } }))
})
afterAll(async () => {
  await Promise.all([issuer?.close(), desk.close()])
  rmSync(directory, { recursive: true })
})

test.each(setUps)(
  'what stands there for %s verifies users, and says who raises a ticket',
  async (name, { server, code, listens }) => {
    const program = `import { McpServer } from '${server}'
const docuApi = () => new McpServer({ name: 'docuapi', version: '1.0.0' })
const say = (port) => console.log('port ' + port)
${code.replaceAll('https://id.example', issuer.issuer)}
${listens}`
    const file = join(directory, `${name}.ts`)
    await Bun.write(file, program)
    const child = Bun.spawn([process.execPath, file], {
      cwd: directory,
      env: { ...process.env, MCP_OBS_URL: desk.url, MCP_OBS_KEY: newKey() },
      stdout: 'pipe',
      stderr: 'inherit',
    })
    const { value } = await child.stdout.getReader().read()
    const port = /port (\d+)/.exec(new TextDecoder().decode(value))?.[1]
    const url = `http://127.0.0.1:${port}/mcp`

    const stranger = await fetch(url, { method: 'POST' })
    expect(stranger.status).toBe(401)
    const documents = /resource_metadata="([^"]+)"/.exec(
      stranger.headers.get('www-authenticate') ?? '',
    )?.[1]
    const described = await fetch(new URL(new URL(documents ?? '').pathname, url))
    expect(await described.json()).toMatchObject({ authorization_servers: [issuer.issuer] })

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
    child.kill()
    await child.exited
  },
  30_000,
)
