import { isAsync } from './hooks.ts'

export type LogLevel = 'info' | 'warn' | 'error'

/** Where the SDK tells the host what it cannot tell the end-user. Never called with a secret. */
export type Logger = (level: LogLevel, message: string) => void

/** What becomes of an error of ours: it is told, and goes no further. */
export type Fault = (error: unknown) => void

/** A logger that cannot throw, at once or later, and says each thing once when asked to. */
export type Log = { say: Logger; once: Logger }

export function createLog(logger: () => Logger | undefined): Log {
  const said = new Set<string>()
  const say: Logger = (level, message) => {
    try {
      isAsync(logger()?.(level, `mcp-obs: ${message}`))
    } catch {
      // The host's logger failed; there is nowhere left to say so.
    }
  }
  const once: Logger = (level, message) => {
    if (said.has(message)) return
    said.add(message)
    say(level, message)
  }
  return { say, once }
}
