import { freePort } from './db/external.ts'

const main = new URL('../src/main.ts', import.meta.url).pathname

/** The environment of the tests without what would configure the program. */
const plain = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^MCP_OBS_|^DATABASE_URL$/.test(name)),
)

type Environment = Record<string, string>

/** How the program is started: what stands before its arguments, and where. */
export type Program = {
  command: (environment: Environment) => string[]
  cwd?: string
}
const fromSource: Program = { command: () => [process.execPath, main] }

/** Runs one command of the program to its end. */
export async function runProgram(
  args: string[],
  environment: Environment,
  input = '',
  { command, ...where }: Program = fromSource,
) {
  const child = Bun.spawn([...command(environment), ...args], {
    ...where,
    env: { ...plain, ...environment },
    stdin: new Blob([input]),
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [stdout, stderr] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ])
  return { code: await child.exited, stdout, stderr }
}

/** Runs a command that has to succeed, and reads the JSON it prints. */
export async function make<T = Record<string, string>>(
  args: string[],
  environment: Environment,
  input = '',
  program = fromSource,
): Promise<T> {
  const { code, stdout, stderr } = await runProgram(
    [...args, '--json'],
    environment,
    input,
    program,
  )
  if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
  return JSON.parse(stdout)
}

export type RunningDesk = {
  origin: string
  pid: number
  /** What it has printed so far. */
  printed(): string
  /** Ends it as an operator would, and returns its exit code. */
  stop(): Promise<number>
  /** Ends it as a power cut would. */
  kill(): Promise<void>
}

/** Settings of a desk on a free port of this machine. */
export function deskSettings(environment: Environment): Environment & { MCP_OBS_BASE_URL: string } {
  const port = freePort()
  return {
    MCP_OBS_LISTEN: `127.0.0.1:${port}`,
    MCP_OBS_BASE_URL: `http://localhost:${port}`,
    ...environment,
  }
}

/** Starts the program as a desk and waits until it answers. */
export async function startDesk(
  settings: ReturnType<typeof deskSettings>,
  { command, ...where }: Program = fromSource,
  args: string[] = [],
): Promise<RunningDesk> {
  const child = Bun.spawn([...command(settings), ...args], {
    ...where,
    env: { ...plain, ...settings },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const errors = new Response(child.stderr).text()
  let printed = ''
  void collect(child.stdout, (text) => {
    printed += text
  })
  const origin = settings.MCP_OBS_BASE_URL
  for (const deadline = Date.now() + 20_000; ; await Bun.sleep(25)) {
    if (child.exitCode !== null) throw new Error(`the desk ended: ${await errors}`)
    if (Date.now() > deadline) throw new Error('the desk does not answer')
    if (
      await fetch(`${origin}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      break
  }
  return {
    origin,
    pid: child.pid,
    printed: () => printed,
    async stop() {
      child.kill('SIGTERM')
      return child.exited
    },
    async kill() {
      child.kill('SIGKILL')
      await child.exited
    },
  }
}

async function collect(output: ReadableStream<Uint8Array>, add: (text: string) => void) {
  const decoder = new TextDecoder()
  for await (const bytes of output) add(decoder.decode(bytes, { stream: true }))
}
