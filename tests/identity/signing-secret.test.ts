import { afterAll, describe, expect, test } from 'bun:test'
import {
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseConfig } from '#src/config.ts'
import { encryptionKey } from '#src/identity/secret-key.ts'
import { cleanUpAfterUs } from '../cluster.ts'
import { jsonOf, makeWorld } from '../world.ts'

const root = mkdtempSync(join(tmpdir(), 'mcp-obs-secret-'))
cleanUpAfterUs(root)
const isRoot = process.getuid?.() === 0
const world = await makeWorld()
afterAll(() => world.close())

/** Settings of a desk whose data directory nobody has made yet. */
let made = 0
const settingsIn = (dataDir = join(root, `${++made}`, 'data')) => ({
  dataDir,
  secretKey: undefined,
})
const hex = async (settings: Parameters<typeof encryptionKey>[0]) =>
  Buffer.from(await encryptionKey(settings)).toString('hex')

describe('without MCP_OBS_SECRET_KEY', () => {
  test('a secret is made once, which the desk’s account alone can read', async () => {
    const settings = settingsIn()
    const key = await hex(settings)
    expect(key).toMatch(/^[0-9a-f]{64}$/)
    expect(readdirSync(settings.dataDir)).toEqual(['secret-key'])
    expect(statSync(join(settings.dataDir, 'secret-key')).mode & 0o777).toBe(0o600)
    expect(await hex({ ...settings })).toBe(key)
    expect(await hex(settingsIn())).not.toBe(key)
  })

  test('processes that make it at once have the same one', async () => {
    const { dataDir } = settingsIn()
    const program = `
      import { encryptionKey } from '#src/identity/secret-key.ts'
      const key = await encryptionKey({ dataDir: process.argv.at(-1) })
      console.log(Buffer.from(key).toString('hex'))`
    const children = Array.from({ length: 6 }, () =>
      Bun.spawn([process.execPath, '-e', program, dataDir], {
        cwd: join(import.meta.dir, '../..'),
        stderr: 'inherit',
      }),
    )
    const keys = await Promise.all(children.map(({ stdout }) => new Response(stdout).text()))
    expect([...new Set(keys)]).toEqual([`${await hex(settingsIn(dataDir))}\n`])
    expect(readdirSync(dataDir)).toEqual(['secret-key'])
  })

  test('a hundred at once in one process have the same one', async () => {
    const { dataDir } = settingsIn()
    const keys = await Promise.all(Array.from({ length: 100 }, () => hex(settingsIn(dataDir))))
    expect(new Set(keys).size).toBe(1)
  })

  test.skipIf(!isRoot)('root hands it to the account that has the directory', async () => {
    const settings = settingsIn()
    mkdirSync(settings.dataDir, { recursive: true })
    chownSync(settings.dataDir, 65_534, 65_534)
    await encryptionKey(settings)
    expect(statSync(join(settings.dataDir, 'secret-key')).uid).toBe(65_534)
  })

  test('one that is too short is not made up for', async () => {
    const settings = settingsIn()
    mkdirSync(settings.dataDir, { recursive: true })
    writeFileSync(join(settings.dataDir, 'secret-key'), 'short\n')
    const refused = expect(encryptionKey(settings)).rejects
    await refused.toThrow(/secret-key can't be read or made \(it is too short\)/)
  })
})

test('MCP_OBS_SECRET_KEY is the key, with and without a line’s end, and leaves the directory alone', async () => {
  const { dataDir } = settingsIn()
  const secret = 'k'.repeat(32)
  const keys = [secret, `${secret}\n`].map((value) => {
    const config = parseConfig({ MCP_OBS_SECRET_KEY: value, MCP_OBS_DATA_DIR: dataDir })
    if (!config.ok) throw new Error(config.problems.join())
    return hex(config.config)
  })
  expect(await keys[0]).toBe(await keys[1])
  expect(() => statSync(dataDir)).toThrow('ENOENT')
})

test('where no secret can be kept the request fails, the log says what to do, and then it works', async () => {
  const logged: unknown[] = []
  world.desk.log = (...entry) => logged.push(entry)
  const blocked = join(root, 'blocked')
  writeFileSync(blocked, '')
  world.desk.config = { ...world.desk.config, ...settingsIn(join(blocked, 'data')) }
  const ask = () => world.ask(`/s/${world.northwind.servers.platform.slug}/jwks`)
  const refused = await ask()
  expect(refused.status).toBe(500)
  expect(await jsonOf(refused)).toEqual({
    error: 'server_error',
    error_description: 'Something went wrong on our side',
  })
  expect(JSON.stringify(logged)).toContain(
    `The secret key ${join(blocked, 'data', 'secret-key')} can't be read or made (ENOTDIR)`,
  )
  expect(JSON.stringify(logged)).toContain('set MCP_OBS_SECRET_KEY')
  rmSync(blocked)
  expect((await ask()).status).toBe(200)
})
