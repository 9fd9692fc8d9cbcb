import { beforeAll, expect, test } from 'bun:test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sdkVersion } from '../../../sdk/src/version.ts'
import { installed, packed, run } from './packed.ts'

const source = join(import.meta.dir, '../../../sdk/src')
const tools = { publint: '0.3.25', '@arethetypeswrong/cli': '0.18.5' }

let elsewhere: string
let withTools: string
beforeAll(async () => {
  ;[elsewhere, withTools] = await Promise.all([installed(), installed(tools)])
}, 60_000)

const manifest = () =>
  JSON.parse(readFileSync(join(elsewhere, 'node_modules/@mcp-obs/sdk/package.json'), 'utf8'))

test('the package holds what was built, its source, its manual and its licence, and no more', async () => {
  const modules = readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(source.length + 1, -'.ts'.length))
  const built = (name: string) => (name === 'trpc' ? ['js'] : ['js', 'js.map', 'd.ts', 'd.ts.map'])
  const expected = modules.flatMap((name) => [
    ...built(name).map((extension) => `dist/${name}.${extension}`),
    `src/${name}.ts`,
  ])
  const tar = new Bun.Archive(await Bun.file(await packed()).bytes())
  const files = [...(await tar.files()).keys()].map((path) => path.replace(/^package\//, ''))
  expect(files.sort()).toEqual(
    [...expected, 'LICENSE', 'NOTICE', 'README.md', 'package.json'].sort(),
  )
  expect(files.filter((path) => /test|example/.test(path))).toEqual([])
})

test('the package is of the version it tells the desk, and needs one other', () => {
  expect(manifest().version).toBe(sdkVersion)
  expect(Object.keys(manifest().dependencies)).toEqual(['jose'])
  expect(Object.keys(manifest().scripts)).not.toContain('postinstall')
})

test('publint finds nothing', async () => {
  const { stdout } = await run(['npx', 'publint', 'run', await packed(), '--strict'], withTools)
  expect(stdout).toContain('All good!')
})

// ESM only is what it is meant to be: the profile leaves out `require` and Node 10.
test('Are The Types Wrong finds nothing in an ESM-only package', async () => {
  const checked = ['npx', 'attw', await packed(), '--profile', 'esm-only', '--format', 'json']
  const { analysis } = JSON.parse((await run(checked, withTools)).stdout)
  expect(Object.keys(analysis.entrypoints).sort()).toEqual(['.', './package.json', './verify'])
  const { bundler, 'node16-esm': node } = analysis.entrypoints['./verify'].resolutions
  expect([node.resolution.fileName, bundler.resolution.fileName]).toEqual(
    Array(2).fill('/node_modules/@mcp-obs/sdk/dist/verify.d.ts'),
  )
})

const evaluate = (runtime: string, script: string, ...options: string[]) =>
  run([runtime, ...options, '--input-type=module', '-e', script], elsewhere)

for (const [name, runtime] of [
  ['Node.js', 'node'],
  ['Bun', process.execPath],
] as const)
  test(`on ${name}, importing it prints nothing and reads what was built`, async () => {
    const names = ['@mcp-obs/sdk', '@mcp-obs/sdk/verify']
    const imports = names.map((name) => `import '${name}'`).join(';')
    expect(await evaluate(runtime, imports)).toEqual({ stdout: '', stderr: '' })
    const { stdout } = await evaluate(
      runtime,
      `for (const name of ${JSON.stringify(names)}) {
         const exports = await import(name)
         console.log(import.meta.resolve(name), Object.keys(exports).join(' '))
       }`,
    )
    const dist = `file://${elsewhere}/node_modules/@mcp-obs/sdk/dist`
    expect(stdout.trim().split('\n')).toEqual([
      `${dist}/index.js registerSupportTool`,
      `${dist}/verify.js InvalidTokenError IssuerUnavailableError createTokenVerifier`,
    ])
  })

// Bun 1.4.5 reads no source maps of packages.
test('under node --enable-source-maps a trace names lines of the source', async () => {
  const { stdout } = await evaluate(
    'node',
    `import { createTokenVerifier } from '@mcp-obs/sdk/verify'
     try { createTokenVerifier({ url: 'nowhere' }) } catch (error) { console.log(error.stack) }`,
    '--enable-source-maps',
  )
  expect(stdout).toContain('TypeError: createTokenVerifier')
  const [, path = '', line] = /(\/[^\s()]*sdk\/src\/[^\s():]+):(\d+)/.exec(stdout) ?? []
  expect(path).toStartWith(`${elsewhere}/node_modules/@mcp-obs/sdk/src/`)
  expect(readFileSync(path, 'utf8').split('\n')[Number(line) - 1]).toContain('throw new')
})
