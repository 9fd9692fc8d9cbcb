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

/**
 * Where and how something failed, without the values it failed on: the message of a failed query
 * repeats its parameters, and what PostgreSQL says may quote them.
 */
export function traceOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown
  const frames = thrown.stack?.match(/^\s+at .*$/gm)?.slice(0, 12) ?? []
  const cause = thrown.cause instanceof Error ? thrown.cause : thrown
  const { code } = cause as { code?: unknown }
  const isQuery = cause !== thrown || typeof code === 'string'
  const says = isQuery ? `${cause.name} ${String(code ?? '')}` : `${thrown.name}: ${thrown.message}`
  return [says, ...frames].join('\n')
}
