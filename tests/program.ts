import { freePort } from './db/external.ts'

const main = new URL('../src/main.ts', import.meta.url).pathname

/** The environment of the tests without what would configure the program. */
const plain = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^MCP_OBS_|^DATABASE_URL$/.test(name)),
)

type Environment = Record<string, string>

/** Runs one command of the program to its end. */
export async function runProgram(args: string[], environment: Environment, input = '') {
  const child = Bun.spawn([process.execPath, main, ...args], {
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
): Promise<T> {
  const { code, stdout, stderr } = await runProgram([...args, '--json'], environment, input)
  if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
  return JSON.parse(stdout)
}

export type RunningDesk = {
  origin: string
  pid: number
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
export async function startDesk(settings: ReturnType<typeof deskSettings>): Promise<RunningDesk> {
  const child = Bun.spawn([process.execPath, main], {
    env: { ...plain, ...settings },
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'pipe',
  })
  const errors = new Response(child.stderr).text()
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
