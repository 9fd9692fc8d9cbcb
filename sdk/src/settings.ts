import type { Answer } from './client.ts'
import type { SupportSettings } from './contract.ts'
import type { Log } from './log.ts'
import { type Timing, within } from './timing.ts'

/** What the desk said about this server, kept fresh in the background. */
export type Settings = {
  /** Asks the desk, unless its last answer is recent. Never waits. */
  refresh(): void
  /** Waits for a first answer, though not long; a later one is served at once, even if stale. */
  get(): Promise<SupportSettings | undefined>
  /** Forgets that support was on, because the desk just refused a ticket. */
  revoke(): void
}

export function createSettings(
  ask: () => Promise<Answer<unknown>>,
  answered: () => void,
  log: Log,
  timing: Timing,
): Settings {
  let current: SupportSettings | undefined
  let asking: Promise<void> | undefined
  let askedAt = Number.NEGATIVE_INFINITY
  let ageMsMax = 0

  const fetch = async () => {
    const answer = await ask()
    const read = answer.ok ? readSettings(answer.value) : undefined
    if (read) {
      current = read
      answered()
    } else if (!answer.ok && answer.problem.code === 'key_invalid') {
      current = undefined
      log.once('error', 'the desk does not accept this key: the support tool is not shown')
    } else if (!answer.ok && answer.problem.code === 'support_disabled') {
      current = undefined
    } else log.once('warn', 'the desk does not answer: support settings are asked for again later')
    ageMsMax = read ? timing.settingsAgeMsMax : timing.settingsRetryMs
  }

  const refresh = () => {
    if (asking || performance.now() - askedAt < ageMsMax) return
    askedAt = performance.now()
    asking = fetch().finally(() => {
      asking = undefined
    })
  }

  const get = async () => {
    refresh()
    const patience = askedAt + timing.settingsWaitMs - performance.now()
    if (!current && asking && patience > 0) await within(patience, asking)
    return current
  }

  const revoke = () => {
    if (current) current = { ...current, enabled: false }
    ageMsMax = 0
  }
  return { refresh, get, revoke }
}

/** Takes from an answer what it needs, and nothing when it is not the desk that answers. */
function readSettings(value: unknown): SupportSettings | undefined {
  const given = value as Partial<SupportSettings> | null
  if (typeof given?.enabled !== 'boolean') return undefined
  return {
    enabled: given.enabled,
    title: String(given.title || 'Get support'),
    description: String(given.description ?? ''),
    categories: Array.isArray(given.categories) ? given.categories.map(String) : [],
    auth: given.auth ?? 'none',
    context: given.context ?? 'call',
    serverName: String(given.serverName || 'this server'),
  }
}
