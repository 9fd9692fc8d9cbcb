import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { archiveName } from '#src/db/embedded/platform.ts'
import { packPostgres } from './postgres.ts'

/**
 * `bun run build [--outfile dist/mcp-obs]`: the program with all that it needs in one file, for
 * the platform it is built on. Needs no network once the packages are installed.
 */
const { values } = parseArgs({ options: { outfile: { type: 'string', default: 'dist/mcp-obs' } } })
const outfile = resolve(values.outfile)
const root = join(import.meta.dir, '..')

// The bundler reads `tsconfig.json`, which names the JSX runtime, in the working directory.
process.chdir(root)
const directory = mkdtempSync(join(tmpdir(), 'mcp-obs-build-'))
try {
  const archive = join(directory, archiveName)
  await packPostgres(archive)
  await Bun.build({
    entrypoints: ['src/main.ts'],
    target: 'bun',
    minify: { whitespace: true, syntax: true, identifiers: true, keepNames: true },
    sourcemap: 'inline',
    define: { builtFromCommit: JSON.stringify(commit()) },
    compile: {
      outfile,
      // What `shipped` finds, each under its own name.
      assets: ['public', 'drizzle', archive],
      autoloadDotenv: false,
      autoloadBunfig: false,
    },
  })
  // A copy of what the binary has inside.
  rmSync(`${outfile}.map`)
} finally {
  rmSync(directory, { recursive: true })
}
console.log(`${outfile}: ${(statSync(outfile).size / 1e6).toFixed(1)} MB, ${commit()}`)

/** Says so when it is not what was committed. */
function commit(): string {
  const said = (args: string[]) =>
    Bun.spawnSync(['git', ...args], { stderr: 'ignore' })
      .stdout.toString()
      .trim()
  const hash = said(['rev-parse', '--short=7', 'HEAD'])
  if (!hash) return 'no commit'
  return said(['status', '--porcelain', '--untracked-files=no']) ? `${hash}, changed` : hash
}
