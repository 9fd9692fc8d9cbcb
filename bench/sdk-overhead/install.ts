import { dependencies } from '../../package.json'
import { installed } from '../../tests/sdk/package/packed.ts'

/** The MCP SDK and zod are those of this repository. */
export const versions = {
  '@modelcontextprotocol/sdk': dependencies['@modelcontextprotocol/sdk'],
  zod: dependencies.zod,
  '@sentry/node': '11.12.0',
  agentcat: '1.0.1',
}

/** Where the variants are installed, the server built for both runtimes, and the sink's address. */
export type Place = { dir: string; server: string; sink: string; stop(): void }

/** Our SDK comes from its packed tarball; the directory is gone when this process has ended. */
export async function install(): Promise<Place> {
  const dir = await installed(versions)
  const { outputs } = await Bun.build({
    entrypoints: [Bun.fileURLToPath(import.meta.resolve('./server.ts'))],
    outdir: dir,
    target: 'node',
    packages: 'external',
  })
  const child = Bun.spawn([process.execPath, Bun.fileURLToPath(import.meta.resolve('./sink.ts'))], {
    stdout: 'pipe',
  })
  const { value } = await child.stdout.getReader().read()
  return {
    dir,
    server: outputs[0]?.path ?? '',
    sink: new TextDecoder().decode(value).trim(),
    stop: () => child.kill(),
  }
}
