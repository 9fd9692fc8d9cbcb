import type { Answer, Problem } from './client.ts'
import type { SupportSettings } from './contract.ts'
import type { Fault, Log } from './log.ts'
import { type Timing, within } from './timing.ts'
import { visibleText } from './visible.ts'

/** What the desk says about this server. However many ask, there is one request at a time. */
export type Settings = {
  /**
   * What the desk said last, if it said that support is on: the same object for as long as the
   * desk says the same.
   */
  readonly shown: SupportSettings | undefined
  /** Asks the desk where its last word is a while ago, and returns the asking. */
  prepare(): Promise<void> | undefined
  /** The same as the desk says it now; as it said it last, where it does not answer soon. */
  latest(): Promise<SupportSettings | undefined>
  /**
   * What the desk said last, or why there is nothing; waits only where that would keep a ticket
   * from being raised.
   */
  known(withinMs: number): Promise<Answer<SupportSettings>>
  /** Forgets that support was on, because the desk just refused a ticket. */
  revoke(problem: Problem): void
}

export function createSettings(
  ask: () => Promise<Answer<unknown>>,
  answered: () => void,
  log: Log,
  fault: Fault,
  timing: Timing,
): Settings {
  let current: SupportSettings | undefined
  let missing = unread
  let asking: Promise<void> | undefined
  let askedAt = Number.NEGATIVE_INFINITY
  let answeredAt = Number.NEGATIVE_INFINITY
  let notBefore = Number.NEGATIVE_INFINITY
  let heldUntil = Number.NEGATIVE_INFINITY

  const fetch = async () => {
    const answer = await ask()
    const read = answer.ok ? readSettings(answer.value) : undefined
    const now = performance.now()
    if (read) {
      if (JSON.stringify(read) !== JSON.stringify(current)) current = read
      answeredAt = now
      for (const message of [silent, notAccepted]) log.forget(message)
      return answered()
    }
    const problem = answer.ok ? unread : answer.problem
    const { code, retryAfterMs = 0 } = problem
    missing = problem
    if (code === 'key_invalid' || code === 'support_disabled') current = undefined
    else log.once('warn', silent)
    if (code === 'key_invalid') log.once('error', notAccepted)
    if (code) answeredAt = now
    notBefore = now + timing.settingsRetryMs
    heldUntil = now + retryAfterMs
  }

  const refresh = (freshMs: number) => {
    const now = performance.now()
    const from = Math.max(notBefore, heldUntil, answeredAt + freshMs)
    if (asking || now < from) return undefined
    askedAt = now
    asking = fetch()
      .catch(fault)
      .finally(() => {
        asking = undefined
      })
    return asking
  }

  const shown = () => (current?.enabled ? current : undefined)
  const prepare = () => refresh(timing.settingsIdleMs)
  const latest = async () => {
    refresh(timing.settingsFreshMs)
    // Lists that come while the desk is slow wait for the rest of that time, not each anew.
    const waitMs = current ? timing.settingsNewerWaitMs : timing.settingsWaitMs
    const patience = askedAt + waitMs - performance.now()
    if (asking && patience > 0) await within(patience, asking)
    return shown()
  }
  const known: Settings['known'] = async (withinMs) => {
    refresh(timing.settingsFreshMs)
    if (!shown() && asking) await within(withinMs, asking)
    return current ? { ok: true, value: current } : { ok: false, problem: missing }
  }

  const revoke = (problem: Problem) => {
    current = undefined
    missing = problem
    answeredAt = Number.NEGATIVE_INFINITY
    notBefore = answeredAt
  }
  return {
    get shown() {
      return shown()
    },
    prepare,
    latest,
    known,
    revoke,
  }
}

const silent = 'the desk does not answer: support settings are asked for again later'
const notAccepted = 'the desk does not accept this key: the support tool is not shown'
const unread: Problem = { message: 'no settings', retry: true }

/**
 * Takes from an answer what it needs, and nothing when it is not the desk that answers. What a model
 * reads of it has no character that nobody sees.
 */
function readSettings(value: unknown): SupportSettings | undefined {
  const given = value as Partial<SupportSettings> | null
  if (typeof given?.enabled !== 'boolean') return undefined
  return {
    enabled: given.enabled,
    title: line(given.title) || 'Get support',
    description: visibleText(String(given.description ?? '')),
    categories: Array.isArray(given.categories) ? given.categories.map(line).filter(Boolean) : [],
    auth: given.auth ?? 'none',
    context: given.context === 'recent' || given.context === 'call' ? given.context : 'off',
    serverName: line(given.serverName) || 'this server',
    // Desks of older versions say neither.
    check: given.check === true,
    claims: {
      email: String(given.claims?.email || 'email'),
      name: String(given.claims?.name || 'name'),
    },
  }
}

const line = (text: unknown) => visibleText(String(text ?? '')).replaceAll('\n', ' ')
