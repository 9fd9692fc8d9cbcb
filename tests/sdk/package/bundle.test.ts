import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { newKey, openDesk } from '../desk.ts'
import { ask, textOf } from '../hosts.ts'
import { installed, run } from './packed.ts'

/** Minified and compressed; 28.2 kB when this was written, of which the second tool has 1.5. */
const bundleBytesMax = 29_000

const packages = { esbuild: '0.28.2', '@modelcontextprotocol/sdk': '1.32.2' }
let elsewhere: string
beforeAll(async () => {
  elsewhere = await installed(packages)
}, 60_000)

const alone = mkdtempSync(join(tmpdir(), 'mcp-obs-bundle-'))
const desk = openDesk()
afterAll(() => {
  desk.close()
  rmSync(alone, { recursive: true })
})

/** Bundles a module, and tells what it holds of which packages. */
async function bundle(code: string, platform: string, ...options: string[]) {
  const name = crypto.randomUUID()
  writeFileSync(join(elsewhere, `${name}.js`), code)
  const outfile = join(alone, `${name}.mjs`)
  const meta = join(elsewhere, `${name}.json`)
  const output = ['--bundle', '--format=esm', `--outfile=${outfile}`, `--metafile=${meta}`]
  const command = ['npx', 'esbuild', `${name}.js`, `--platform=${platform}`, ...output, ...options]
  await run(command, elsewhere)
  const { inputs, outputs } = JSON.parse(readFileSync(meta, 'utf8'))
  const [{ imports }] = Object.values(outputs) as [{ imports: { path: string }[] }]
  const from = Object.keys(inputs).map(
    (path) => /.*node_modules\/((@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? '',
  )
  return {
    outfile,
    packages: [...new Set(from)].filter(Boolean).sort(),
    imports: imports.map(({ path }) => path),
    bytes: readFileSync(outfile),
  }
}

const support = `
import { registerSupportTool } from '@mcp-obs/sdk'
const handle = registerSupportTool({ connect: async () => {} }, { url: 'http://127.0.0.1:1/s/a', key: 'k' })
console.log(Object.keys(handle).join(' '))`

for (const platform of ['node', 'neutral', 'browser'])
  test(`bundled for ${platform} it is whole, small and without jose`, async () => {
    const made = await bundle(support, platform, '--minify')
    expect(made.packages).toEqual(['@mcp-obs/sdk'])
    expect(made.imports).toEqual([])
    expect(Bun.gzipSync(made.bytes).length).toBeLessThan(bundleBytesMax)
    for (const runtime of ['node', process.execPath])
      expect((await run([runtime, made.outfile], alone)).stdout).toBe('flush close\n')
  })

test('the entry for tokens brings jose, and nothing of tRPC', async () => {
  const made = await bundle(
    `import { createTokenVerifier } from '@mcp-obs/sdk/verify'
     console.log(createTokenVerifier({ url: 'https://id.example', resource: 'https://a.example/mcp' }).resourceMetadataUrl)`,
    'neutral',
  )
  expect(made.packages).toEqual(['@mcp-obs/sdk', 'jose'])
  expect(made.imports).toEqual([])
  expect((await run(['node', made.outfile], alone)).stdout).toContain('https://a.example/')
})

test('what is imported and not used leaves nothing behind', async () => {
  const imports = ["import '@mcp-obs/sdk'", "import '@mcp-obs/sdk/verify'"]
  const unused = "import { registerSupportTool } from '@mcp-obs/sdk'; registerSupportTool"
  for (const code of [...imports, unused])
    expect((await bundle(code, 'node', '--minify')).bytes.toString()).toBe('')
})

test('a server that is one file, with nothing beside it, raises a ticket', async () => {
  const code = `
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { registerSupportTool } from '@mcp-obs/sdk'
const server = new McpServer({ name: 'docuapi', version: '2.3.1' })
registerSupportTool(server, { url: process.env.MCP_OBS_URL, key: process.env.MCP_OBS_KEY })
await server.connect(new StdioServerTransport())`
  const { outfile } = await bundle(code, 'node', '--minify')
  const cwd = join(alone, 'empty')
  mkdirSync(cwd)
  for (const [index, command] of ['node', process.execPath].entries()) {
    const env = { PATH: process.env.PATH ?? '', MCP_OBS_URL: desk.url, MCP_OBS_KEY: newKey() }
    const client = new Client({ name: 'bundled', version: '1.0.0' })
    await client.connect(new StdioClientTransport({ command, args: [outfile], cwd, env }))
    await client.listTools()
    expect(textOf(await ask(client))).toContain(`DOCUAPI-${index + 1}`)
    await client.close()
  }
  expect(desk.received.map(({ ticket }) => ticket.context?.client?.name)).toEqual([
    'bundled',
    'bundled',
  ])
})
