import type { Answer } from './client.ts'
import type { SupportSettings } from './contract.ts'
import type { Fault, Log } from './log.ts'
import { type Timing, within } from './timing.ts'

/** What the desk says about this server. However many ask, there is one request at a time. */
export type Settings = {
  /** Asks the desk ahead of the first list. Never waits. */
  prepare(): void
  /** What the desk says now; what it said last, where it does not answer soon. */
  latest(): Promise<SupportSettings | undefined>
  /** What the desk said last; waits only where that would keep a ticket from being raised. */
  known(): Promise<SupportSettings | undefined>
  /** Forgets that support was on, because the desk just refused a ticket. */
  revoke(): void
}

export function createSettings(
  ask: () => Promise<Answer<unknown>>,
  answered: () => void,
  log: Log,
  fault: Fault,
  timing: Timing,
): Settings {
  let current: SupportSettings | undefined
  let asking: Promise<void> | undefined
  let askedAt = Number.NEGATIVE_INFINITY
  let freshUntil = Number.NEGATIVE_INFINITY

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
    freshUntil = performance.now() + (read ? timing.settingsFreshMs : timing.settingsRetryMs)
  }

  const refresh = () => {
    if (asking || performance.now() < freshUntil) return
    askedAt = performance.now()
    asking = fetch()
      .catch(fault)
      .finally(() => {
        asking = undefined
      })
  }

  const answer = async () => {
    const patience = askedAt + timing.settingsWaitMs - performance.now()
    if (asking && patience > 0) await within(patience, asking)
  }
  const prepare = () => {
    if (!current) refresh()
  }
  const latest = async () => {
    refresh()
    await answer()
    return current
  }
  const known = async () => {
    refresh()
    if (!current?.enabled) await answer()
    return current
  }

  const revoke = () => {
    if (current) current = { ...current, enabled: false }
    freshUntil = Number.NEGATIVE_INFINITY
  }
  return { prepare, latest, known, revoke }
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
