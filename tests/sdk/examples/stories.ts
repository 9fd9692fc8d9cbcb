import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import manifest from '../../../sdk/package.json'
import { installed } from '../package/packed.ts'

const examples = join(import.meta.dir, '../../../sdk/examples')

/** Every folder beside the examples' README. */
export const stories = readdirSync(examples, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

/** How one runtime starts a file of a story. */
export type Runtime = (story: string, file: 'client' | 'server') => string[]

/** As in the checkout. */
export const bun: Runtime = (story, file) => [process.execPath, join(examples, story, `${file}.ts`)]

/** As where somebody has copied the folders into a package of theirs, and compiles them. */
export async function node(): Promise<Runtime> {
  const directory = await installed(packages)
  cpSync(examples, join(directory, 'examples'), { recursive: true })
  const files = (file: string) => stories.map((story) => join(directory, 'examples', story, file))
  await Bun.build({
    entrypoints: [...files('server.ts'), ...files('client.ts')],
    root: join(directory, 'examples'),
    outdir: join(directory, 'built'),
    target: 'node',
    packages: 'external',
  })
  return (story, file) => ['node', join(directory, 'built', story, `${file}.js`)]
}

/** What the examples import, in the versions they are kept with. */
const packages = Object.fromEntries(
  Object.entries(manifest.devDependencies).filter(([name]) => !name.startsWith('@types/')),
)

type Environment = Record<string, string>

/** Runs a program to its end. */
export async function run(command: string[], env: Environment) {
  const child = start(command, env)
  child.stdin.end()
  const [stdout, stderr] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ])
  return { code: await child.exited, stdout, stderr }
}

/** Speaks to a server over stdio as a client does, one request after another, then hangs up. */
export async function converse(command: string[], env: Environment) {
  const child = start(command, env)
  const stderr = new Response(child.stderr).text()
  const list = { method: 'tools/list' }
  const requests = [
    { method: 'initialize', params: initialize },
    list,
    { method: 'tools/call', params: { name: 'search_docs', arguments: { query: 'users' } } },
    { method: 'tools/call', params: { name: 'get_support_tool', arguments: ticket } },
  ]
  let sent = 0
  let stdout = ''
  const ask = async () => {
    // While its desk has not answered, a server does not show the tool yet.
    if (sent > 1 && sent < 50 && !stdout.includes('get_support_tool')) {
      requests.unshift(list)
      await Bun.sleep(100)
    }
    const request = requests.shift()
    const message = { jsonrpc: '2.0', id: ++sent, ...request }
    if (request) child.stdin.write(`${JSON.stringify(message)}\n`)
    else child.stdin.end()
  }
  await ask()
  const decoder = new TextDecoder()
  for await (const chunk of child.stdout) {
    stdout += decoder.decode(chunk, { stream: true })
    if (stdout.endsWith('\n')) await ask()
  }
  return { code: await child.exited, lines: stdout.split('\n').slice(0, -1), stderr: await stderr }
}

/** Runs a server over HTTP until it is stopped, on a free port where none is named. */
export async function listen(command: string[], env: Environment, port = 0) {
  const child = start([...command, '--port', String(port)], env)
  let said = ''
  for await (const chunk of child.stdout) {
    said += new TextDecoder().decode(chunk)
    if (said.includes('/mcp')) break
  }
  const stop = () => {
    child.kill()
    return child.exited
  }
  return { url: /http:\S+/.exec(said)?.[0] ?? '', stop }
}

const start = (command: string[], env: Environment) =>
  Bun.spawn(command, {
    env: { ...process.env, ...env },
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
  })

const initialize = {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'line by line', version: '1.0.0' },
}
const ticket = {
  title: 'Search is refused',
  description: 'It answers 401 whatever I search for.',
  email: 'sam@company.com',
}
