import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'

/** What one block of calls cost the server's process. */
export type Figures = {
  /** From the arrival of each call at the transport until its answer is handed back, in µs. */
  inServerMicros: number[]
  /** User and system, of all threads. */
  cpuMicros: number
  rssBytes: number
  /** Import and attaching of the variant. */
  attachMs: number
}

type Message = { id?: string | number; method?: string; result?: object; error?: object }

const callsMax = 1 << 16

/**
 * Stdio with a clock around everything a variant may wrap. `bench/begin` and `bench/end` are
 * answered below the server, so that no variant sees them.
 */
export function timedStdio(attachMs: number) {
  const inner = new StdioServerTransport()
  const arrived = new Map<string | number, number>()
  const micros = new Float64Array(callsMax)
  let calls = 0
  let cpuBefore = process.cpuUsage()

  const figures = (): Figures => {
    const cpu = process.cpuUsage(cpuBefore)
    return {
      inServerMicros: Array.from(micros.subarray(0, calls)),
      cpuMicros: cpu.user + cpu.system,
      rssBytes: process.memoryUsage().rss,
      attachMs,
    }
  }
  const measure = async (id: string | number, method: string) => {
    const result = method === 'bench/end' ? { ...figures() } : {}
    await inner.send({ jsonrpc: '2.0', id, result })
    calls = 0
    cpuBefore = process.cpuUsage()
  }

  /** Named as what it stands for: some variants read the name of the class. */
  class StdioServerTransportTimed {
    onmessage?: (message: Message, extra?: object) => void
    onclose?: () => void
    onerror?: (error: Error) => void

    async start() {
      inner.onclose = () => this.onclose?.()
      inner.onerror = (error) => this.onerror?.(error)
      inner.onmessage = (given) => {
        const message = given as Message
        const { id = 0, method } = message
        if (method === 'bench/begin' || method === 'bench/end') void measure(id, method)
        else {
          if (method === 'tools/call') arrived.set(id, performance.now())
          this.onmessage?.(message)
        }
      }
      await inner.start()
    }

    send(message: Message): Promise<void> {
      const since = message.id === undefined ? undefined : arrived.get(message.id)
      if (since !== undefined && message.id !== undefined) {
        micros[calls++ % callsMax] = (performance.now() - since) * 1000
        arrived.delete(message.id)
      }
      return inner.send(message as Parameters<typeof inner.send>[0])
    }

    close(): Promise<void> {
      return inner.close()
    }
  }
  return new StdioServerTransportTimed()
}
