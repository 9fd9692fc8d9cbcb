import type { Variant } from './attach.ts'
import type { Place } from './install.ts'
import type { Figures } from './timed-stdio.ts'

type Answer = {
  id: number
  result?: {
    isError?: boolean
    structuredContent?: { status?: string }
    tools?: { name: string }[]
  } & Partial<Figures>
  error?: { message: string }
}

/** A server of one variant, spoken to with as little of a client as can be. */
export type Server = {
  variant: Variant
  /** From the start of the process until it has answered `initialize`. */
  startMs: number
  request(method: string, params?: object): Promise<{ answer: Answer; micros: number }>
  figures(): Promise<Figures>
  stop(): Promise<void>
}

export async function startServer(
  runtime: string,
  variant: Variant,
  place: Place,
): Promise<Server> {
  const started = performance.now()
  const child = Bun.spawn([runtime, place.server, variant, place.sink], {
    cwd: place.dir,
    // agentcat writes a log into the home directory, and reports its own faults to its makers.
    env: { PATH: process.env.PATH, HOME: place.dir, DISABLE_DIAGNOSTICS: '1' },
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const waiting = new Map<number, (answer: Answer) => void>()
  let requests = 0
  let ended: string | undefined

  const read = async () => {
    const decoder = new TextDecoder()
    let rest = ''
    for await (const chunk of child.stdout) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const answer: Answer = JSON.parse(line)
        waiting.get(answer.id)?.(answer)
        waiting.delete(answer.id)
      }
    }
    const said = await new Response(child.stderr).text()
    const message = `ended: ${said}`
    ended = message
    for (const end of waiting.values()) end({ id: 0, error: { message } })
  }
  const reading = read()

  const request: Server['request'] = (method, params = {}) =>
    new Promise((resolve, reject) => {
      if (ended !== undefined) throw new Error(`${variant}: ${ended}`)
      const id = ++requests
      const line = `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`
      const sent = performance.now()
      waiting.set(id, (answer) => {
        const micros = (performance.now() - sent) * 1000
        if (answer.error) reject(new Error(`${variant}: ${answer.error.message}`))
        else resolve({ answer, micros })
      })
      child.stdin.write(line)
      child.stdin.flush()
    })

  await request('initialize', {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: 'overhead', version: '1.0.0' },
  })
  const startMs = performance.now() - started
  child.stdin.write(`{"jsonrpc":"2.0","method":"notifications/initialized"}\n`)

  const figures = async () => (await request('bench/end')).answer.result as Figures
  const stop = async () => {
    // Some of the variants do not end when they are asked to.
    child.kill('SIGKILL')
    await Promise.all([child.exited, reading])
  }
  return { variant, startMs, request, figures, stop }
}
