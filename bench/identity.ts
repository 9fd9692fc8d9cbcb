import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, release, tmpdir, type } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { hashPassword } from '#src/staff/password.ts'
import { register } from '#tests/identity/e2e/registering.ts'
import { deskSettings, make, startDesk } from '#tests/program.ts'
import { perSecond, spread } from './identity/figures.ts'
import { createPeople } from './identity/sign-ins.ts'

/**
 * `bun bench/identity.ts [--rounds 5] [--seconds 4] [--at-once 16]`: what it costs to know an
 * end-user. Verification in an MCP server's process beside jose alone; at a desk, with its embedded
 * database, sign-ins beside bare Argon2id, refreshes, and discovery beside `/healthz`. This process
 * is the client, on the same machine.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    'at-once': { type: 'string', default: '16' },
  },
})
const rounds = Number(values.rounds)
const forMs = Number(values.seconds) * 1_000
const atOnce = Number(values['at-once'])
/** So many that nobody comes often enough to be held back. */
const crowd = 128
const directory = mkdtempSync(join(tmpdir(), 'mcp-obs-bench-'))
chmodSync(directory, 0o711)

const load = () => loadavg()[0]?.toFixed(1)
console.log(`${cpus().length} cores, ${cpus()[0]?.model}, ${type()} ${release()}, load ${load()}`)
await verification()
await atADesk()
console.log(`\nload ${load()}`)
rmSync(directory, { recursive: true })

async function verification() {
  await Bun.build({
    entrypoints: [new URL('identity/verify.ts', import.meta.url).pathname],
    outdir: directory,
    naming: 'verify.mjs',
    target: 'node',
  })
  console.log('\n| µs per token | SDK | least | most | jose alone | SDK : jose |')
  console.log('| --- | --- | --- | --- | --- | --- |')
  for (const [name, runtime] of [
    ['Bun', process.execPath],
    ['Node.js', 'node'],
  ] as const) {
    const child = Bun.spawnSync([runtime, join(directory, 'verify.mjs')])
    const took: Record<'sdk' | 'jose', number[]> = JSON.parse(child.stdout.toString())
    const [sdk, jose] = [spread(took.sdk), spread(took.jose)]
    const shown = [sdk.median, sdk.least, sdk.most, jose.median].map((us) => us.toFixed(0))
    console.log(`| ${name} | ${shown.join(' | ')} | ${(sdk.median / jose.median).toFixed(2)} |`)
  }
}

async function atADesk() {
  const settings = deskSettings({ MCP_OBS_DATA_DIR: join(directory, 'data') })
  const desk = await startDesk(settings)
  await make(['organization', 'create', '--name', 'Northwind'], settings)
  const server = ['--organization', 'northwind', '--slug', 'docuapi', '--name', 'DocuAPI']
  const { url } = await make<{ url: string }>(
    ['server', 'create', ...server, '--auth', 'platform', '--support'],
    settings,
  )
  const people = createPeople(url, await register(url, 'http://127.0.0.1/callback'))
  for (let person = 0; person < crowd; person++) await people.signUp(person)
  const workers = Array.from({ length: atOnce }, (_, worker) => worker)
  const tokens = await Promise.all(workers.map((person) => people.signIn(person)))
  let next = 0

  const read = async (address: string) => {
    const response = await fetch(address)
    if (!response.ok) throw new Error(`${address}: ${response.status}`)
    await response.text()
  }
  const acts: Record<string, (worker: number) => Promise<unknown>> = {
    'Argon2id alone': () => hashPassword('a long enough password'),
    'sign-ins': () => people.signIn(next++ % crowd),
    refreshes: async (worker) => {
      tokens[worker] = await people.refresh(tokens[worker] ?? '')
    },
    '/healthz': () => read(`${desk.origin}/healthz`),
    discovery: () => read(`${url}/.well-known/openid-configuration`),
    keys: () => read(`${url}/jwks`),
  }
  const beside: Record<string, string> = {
    'sign-ins': 'Argon2id alone',
    discovery: '/healthz',
    keys: '/healthz',
  }
  const figures: Record<string, number[]> = {}
  for (let round = -1; round < rounds; round++)
    for (const [name, act] of Object.entries(acts)) {
      const figure = await perSecond(atOnce, forMs, act)
      // The first round only warms up.
      if (round >= 0) figures[name] = [...(figures[name] ?? []), figure]
    }
  console.log('\n| a second | median | least | most | beside |\n| --- | --- | --- | --- | --- |')
  for (const [name, found] of Object.entries(figures)) {
    const { median, least, most } = spread(found)
    const other = beside[name] ?? ''
    const ratio = other && `${(median / spread(figures[other] ?? []).median).toFixed(2)} × ${other}`
    const shown = [median, least, most].map((count) => count.toFixed(0)).join(' | ')
    console.log(`| ${name} | ${shown} | ${ratio} |`)
  }
  if ((await desk.stop()) !== 0) throw new Error('the desk did not end with 0')
}
