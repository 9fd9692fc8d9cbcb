import { closeSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs'
import type { Layout } from './layout.ts'
import { programOf } from './program.ts'
import type { Runtime } from './runtime.ts'

/** Settings of the server. */
export type Settings = Record<string, string>

const usual: Settings = {
  listen_addresses: '',
  port: '5432',
  unix_socket_permissions: '0700',
  max_connections: '100',
  shared_buffers: '64MB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // The backend of a desk that was killed must notice, or it would keep the lease.
  client_connection_check_interval: '1s',
  // Starts, stops and crashes; not the statements that failed, which may quote what someone wrote.
  log_min_messages: 'log',
  log_checkpoints: 'off',
}

const logBytesMax = 4_000_000

/** Starts the server so that it outlives the desk and its Ctrl-C. */
export function spawnServer(
  layout: Layout,
  runtime: Runtime,
  socketDir: string,
  overrides: Settings,
): Bun.Subprocess {
  const settings = { ...usual, unix_socket_directories: socketDir, ...overrides }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const program = programOf(layout, runtime)
  const log = openSync(layout.log, 'a', 0o600)
  try {
    if (statSync(layout.log).size > logBytesMax) truncateSync(layout.log)
    const child = Bun.spawn([program.path('postgres'), '-D', layout.data, ...options], {
      ...program.options,
      stdout: log,
      stderr: log,
    })
    child.unref()
    return child
  } finally {
    closeSync(log)
  }
}

/** Why the server ended, in its own words. */
export function lastWords(layout: Layout): string {
  const lines = readFileSync(layout.log, 'utf8').trim().split('\n')
  return lines.findLast((line) => /FATAL|PANIC/.test(line)) ?? lines.at(-1) ?? 'it said nothing.'
}
