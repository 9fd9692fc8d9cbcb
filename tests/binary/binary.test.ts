import { beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { isRoot } from '#src/db/embedded/account.ts'
import pkg from '../../package.json' with { type: 'json' }
import { deskSettings, make, runProgram, startDesk } from '../program.ts'
import { connectHttp, names, textOf } from '../sdk/hosts.ts'
import { type Alone, alone, buildBinary } from './alone.ts'

setDefaultTimeout(60_000)

const email = 'mira@northwind.example'
const password = 'correct horse battery'
const bytesMax = 140e6
const nobody = 65_534

let binary: string
beforeAll(async () => {
  binary = await buildBinary()
})

const accounts: [string, number | null][] = [
  ['root', null],
  ['an ordinary user', nobody],
]

test('the binary is one file of at most 140 MB', () => {
  expect(statSync(binary).size).toBeLessThan(bytesMax)
})

// Other accounts, and views of the file system without the checkout, are root's to give.
describe.skipIf(!isRoot)('alone in a directory, without environment, checkout or packages', () => {
  for (const [name, uid] of accounts)
    describe(`as ${name}`, () => {
      let program: Alone
      beforeAll(() => {
        program = alone(binary, { uid })
      })
      const run = (...args: string[]) => runProgram(args, {}, '', program)

      test('it can’t see what it was built from', async () => {
        const [command = '', ...args] = program.command({}).slice(0, -1)
        const { stdout } = Bun.spawnSync([command, ...args, '/bin/ls', '-A', import.meta.dir])
        expect(stdout.toString()).toBe('')
      })

      test('it says its version, with the commit', async () => {
        const { code, stdout } = await run('--version')
        expect(code).toBe(0)
        expect(stdout).toMatch(/^\d+\.\d+\.\d+ \((?:[0-9a-f]{7,}(?:, changed)?|no commit)\)\n$/)
        expect(stdout).toStartWith(`${pkg.version} `)
      })

      test('it says how it is used', async () => {
        const { code, stdout, stderr } = await run('--help')
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
        expect(stdout).toContain('MCP_OBS_DATA_DIR')
      })

      test('it does the whole job: set up, a ticket, and staff who read it', async () => {
        const settings = deskSettings({ MCP_OBS_DATA_DIR: program.dataDir })
        const desk = await startDesk(settings, program)
        expect(desk.printed()).toContain(`is at ${desk.origin}\n`)
        const page = await (await fetch(desk.origin)).text()
        expect(page).toContain('<h1>')
        const stylesheet = /href="(\/assets\/app\.\w+\.css)"/.exec(page)?.[1]
        expect((await fetch(`${desk.origin}${stylesheet}`)).status).toBe(200)

        const organization = ['--organization', 'northwind']
        await make(['organization', 'create', '--name', 'Northwind'], settings, '', program)
        const staff = ['staff', 'create', ...organization, '--email', email, '--name', 'Mira']
        await make([...staff, '--password-stdin'], settings, password, program)
        const server = ['server', 'create', ...organization, '--slug', 'docuapi', '--name', 'Docs']
        const { url, key } = await make<{ url: string; key: string }>(
          [...server, '--auth', 'none', '--support'],
          settings,
          '',
          program,
        )
        const filed = await fetch(`${url}/api/support`, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
          body: JSON.stringify({
            title: 'Search is refused',
            description: 'Every search ends in 403.',
            email: 'ana@fjord.example',
          }),
        })
        expect(filed.status).toBe(201)
        expect(await filed.json()).toMatchObject({ reference: 'DOCUAPI-1', status: 'open' })

        const inbox = await inboxOf(desk.origin, { email, password })
        expect(inbox).toContain('Search is refused')
        expect(inbox).toContain('ana@fjord.example')
        expect(await desk.stop()).toBe(0)
        expect(readdirSync(program.dataDir)).toContain('postgres')
        expect(existsSync(`${program.cwd}/data`)).toBe(false)
      })
    })

  test('it needs no network: it comes up from nothing, and ends, where there is none', async () => {
    const program = alone(binary, { uid: nobody, offline: true })
    const settings = deskSettings({ MCP_OBS_DATA_DIR: program.dataDir })
    const made = await make(['organization', 'create', '--name', 'Fjord'], settings, '', program)
    expect(made.slug).toBe('fjord')
    const child = Bun.spawn([...program.command(settings)], {
      cwd: program.cwd as string,
      stdout: 'pipe',
    })
    let said = ''
    for await (const bytes of child.stdout) {
      said += new TextDecoder().decode(bytes)
      if (said.includes('/setup?token=')) break
    }
    child.kill('SIGTERM')
    expect(said).toContain(` is at ${settings.MCP_OBS_BASE_URL}\n`)
    expect(await child.exited).toBe(0)
  })

  test('its demo runs, with its sample server', async () => {
    const program = alone(binary, { uid: nobody })
    const settings = deskSettings({ MCP_OBS_DATA_DIR: program.dataDir })
    const desk = await startDesk(settings, program, ['demo'])
    const printed = /e-mail +(\S+)\n +password +(\S+)[\s\S]+(http:\S+\/mcp)\n/
    for (let tries = 0; tries < 400 && !printed.test(desk.printed()); tries++) await Bun.sleep(25)
    const [, email = '', password = '', url = ''] = printed.exec(desk.printed()) ?? []
    expect(await inboxOf(desk.origin, { email, password })).toContain('This is a demo.')

    const client = await connectHttp(url)
    expect(await names(client)).toEqual(['list_topics', 'search_docs', 'get_support_tool'])
    const receipt = await client.callTool({
      name: 'get_support_tool',
      arguments: {
        title: 'Raised at the demo',
        description: 'It works.',
        email: 'ana@fjord.example',
      },
    })
    expect(textOf(receipt)).toContain('DOCUAPI-')
    expect(await inboxOf(desk.origin, { email, password })).toContain('Raised at the demo')
    expect(await desk.stop()).toBe(0)
  })
})

/** What someone who signs in sees first. */
async function inboxOf(origin: string, given: { email: string; password: string }) {
  const signedIn = await fetch(`${origin}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams(given),
  })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  return (await fetch(origin, { headers: { cookie } })).text()
}
