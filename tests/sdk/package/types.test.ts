import { beforeAll, expect, test } from 'bun:test'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { installed, run } from './packed.ts'

const root = join(import.meta.dir, '../../..')
const tsc = join(root, 'node_modules/.bin/tsc')

const server = `
import { registerSupportTool, type Reporter, type SupportToolHandle } from '@mcp-obs/sdk'
import type { AuthInfo, Logger, LogLevel, McpServerLike, RedactHook, SupportToolOptions } from '@mcp-obs/sdk'
import { createTokenVerifier, type TokenVerifier, type VerifiedToken } from '@mcp-obs/sdk/verify'

declare const server: { connect(transport: { start(): Promise<void> }): Promise<void> }
const level: LogLevel[] = []
const logger: Logger = (one, message) => { level.push(one); message.toUpperCase() }
const redact: RedactHook = (value, path) => (path.endsWith('.name') ? undefined : value)
const reporter = ({ extra }: AuthInfo): Reporter => ({ issuer: 'https://id.example', subject: String(extra?.['sub']) })
const options: SupportToolOptions = { url: undefined, key: undefined, logger, redact, reporter }
const like: McpServerLike = server
const handle: SupportToolHandle = registerSupportTool(like, options)
await handle.flush(1)
await handle.close()

const verifier: TokenVerifier = createTokenVerifier({ url: 'https://id.example', resource: 'https://a.example/mcp' })
const token: VerifiedToken = await verifier.verifyAccessToken('')
token.extra.sub.toUpperCase()

// @ts-expect-error an option there is not
registerSupportTool(server, { ...options, nonsense: true })
// @ts-expect-error not a server
registerSupportTool({}, options)
// @ts-expect-error its type is known
handle.flush('soon')
`

const strict = {
  ...{ target: 'ES2022', lib: ['ES2022', 'DOM'], types: [], noEmit: true },
  ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
  ...{ skipLibCheck: false, noUnusedLocals: false, listFiles: true },
}

let elsewhere: string
beforeAll(async () => {
  elsewhere = await installed()
  writeFileSync(join(elsewhere, 'server.ts'), server)
}, 60_000)

for (const [module, moduleResolution] of [
  ['NodeNext', 'NodeNext'],
  ['Node16', 'Node16'],
  ['ESNext', 'bundler'],
] as const)
  test(`a strict server compiles under moduleResolution ${moduleResolution}, every type checked`, async () => {
    const compilerOptions = { ...strict, module, moduleResolution }
    const project = join(elsewhere, `tsconfig.${moduleResolution}.json`)
    writeFileSync(project, JSON.stringify({ compilerOptions, files: ['server.ts'] }))
    const { stdout } = await run([tsc, '-p', project], elsewhere)
    const files = stdout.split('\n').filter((path) => path.startsWith(elsewhere))
    const packages = files.map((path) => /node_modules\/((@[^/]+\/)?[^/]+)/.exec(path)?.[1])
    expect([...new Set(packages)].filter(Boolean).sort()).toEqual(['@mcp-obs/sdk', 'jose'])
  })

test('its source uses what every runtime has, and nothing of Node.js or Bun', async () => {
  const compilerOptions = {
    ...{ ...strict, skipLibCheck: true, lib: ['ES2023', 'ES2024.String', 'DOM'] },
    ...{ module: 'NodeNext', allowImportingTsExtensions: true },
    // Is in what was built, so it is not installed with the package.
    paths: { '@trpc/client': [join(root, 'sdk/node_modules/@trpc/client/dist/index.d.mts')] },
  }
  const files = ['index', 'verify'].map((name) => `node_modules/@mcp-obs/sdk/src/${name}.ts`)
  const project = join(elsewhere, 'tsconfig.source.json')
  writeFileSync(project, JSON.stringify({ compilerOptions, files }))
  const { stdout } = await run([tsc, '-p', project], elsewhere)
  expect(stdout).toContain('/node_modules/@mcp-obs/sdk/src/deliver.ts')
})
