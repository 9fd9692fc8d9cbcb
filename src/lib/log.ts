export type LogLevel = 'error' | 'info' | 'debug'
export type Log = (level: LogLevel, message: string, fields?: Record<string, unknown>) => void

const order: LogLevel[] = ['error', 'info', 'debug']

/** Writes one JSON line an entry to stderr, down to `level`. Entries never carry personal data. */
export const logTo =
  (level: LogLevel): Log =>
  (entryLevel, message, fields) => {
    if (order.indexOf(entryLevel) > order.indexOf(level)) return
    const entry = { time: new Date().toISOString(), level: entryLevel, message, ...fields }
    process.stderr.write(`${JSON.stringify(entry)}\n`)
  }
