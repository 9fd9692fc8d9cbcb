import { isAsync } from './hooks.ts'

const kindsMax = 100

export type LogLevel = 'warn' | 'error'

/** Where the SDK tells the host what it cannot tell the end-user. Never called with a secret. */
export type Logger = (level: LogLevel, message: string) => void

/** What becomes of an error of ours, or of the host's `where`: it is told, and goes no further. */
export type Fault = (error: unknown, where?: string) => void

/** A logger that cannot throw, at once or later. */
export type Log = {
  say: Logger
  /** Says the first message of a kind that somebody hears; a message is a kind of its own. */
  once(level: LogLevel, message: string | (() => string), kind?: string): void
  /** What is over may be said again when it comes back. */
  forget(kind: string): void
}

export function createLog(logger: () => Logger | undefined): Log {
  const said = new Set<string>()
  const say: Logger = (level, message) => {
    try {
      isAsync(logger()?.(level, `mcp-obs: ${message}`))
    } catch {
      // The host's logger failed; there is nowhere left to say so.
    }
  }
  const once: Log['once'] = (level, message, kind = String(message)) => {
    if (said.has(kind) || said.size >= kindsMax || !logger()) return
    said.add(kind)
    say(level, typeof message === 'string' ? message : message())
  }
  return { say, once, forget: (kind) => void said.delete(kind) }
}
