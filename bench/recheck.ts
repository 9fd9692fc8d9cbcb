import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { patternsAtWork } from '#tests/sdk/redact/patterns.ts'

/**
 * `bun bench/recheck.ts`: has recheck 4.5.0 (its JavaScript build) judge every regular
 * expression of the redaction, and writes the verdicts down. It takes minutes; a test takes care
 * that no pattern is without its verdict.
 */
type Verdict = {
  status: 'safe' | 'vulnerable' | 'unknown'
  complexity?: { summary: string }
  attack?: { pumps: { prefix: string; pump: string }[]; suffix: string }
}

const folder = await mkdtemp(join(tmpdir(), 'mcp-obs-recheck-'))
await Bun.write(join(folder, 'package.json'), '{}')
const add = [process.execPath, 'add', '--omit', 'optional', 'recheck@4.5.0']
if (Bun.spawnSync(add, { cwd: folder }).exitCode !== 0) throw new Error('recheck is not installed')
const { checkSync } = createRequire(join(folder, 'index.js'))('recheck/lib/browser.js') as {
  checkSync(source: string, flags: string, parameters: object): Verdict
}

const file = new URL('../tests/sdk/redact/patterns.json', import.meta.url).pathname
const before = (await Bun.file(file)
  .json()
  .catch(() => ({}))) as Record<string, object>
const verdicts: Record<string, object> = {}
for (const pattern of patternsAtWork()) {
  const key = String(pattern)
  verdicts[key] = before[key] ?? judged(pattern)
  console.log(JSON.stringify(verdicts[key]).slice(0, 100), key.slice(0, 80))
  await Bun.write(file, `${JSON.stringify({ ...before, ...verdicts }, null, 2)}\n`)
}
await Bun.write(file, `${JSON.stringify(verdicts, null, 2)}\n`)
await rm(folder, { recursive: true })

function judged({ source, flags }: RegExp) {
  const { status, complexity, attack } = checkSync(source, flags, { timeout: 60_000 })
  return {
    recheck: complexity?.summary ?? status,
    ...(attack && { attack: { pumps: attack.pumps, suffix: attack.suffix } }),
  }
}
