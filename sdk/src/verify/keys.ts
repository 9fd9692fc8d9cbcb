import type { Logger } from '../log.ts'
import { within } from '../timing.ts'
import { DocumentError } from './document.ts'
import { IssuerUnavailableError } from './errors.ts'
import { type Published, readIssuer } from './issuer.ts'
import type { Timing } from './limits.ts'

export type Keys = {
  /** What the issuer has published, a few minutes old at most while it can be reached. */
  current(): Promise<Published>
  /** What is newer than `known`, fetched if need be; undefined where it is too soon for a fetch. */
  newerThan(known: Published): Promise<Published | undefined>
}

/**
 * Keeps an issuer's keys. They are fetched when the first token needs them, by one fetch at a time;
 * an issuer that is down fails no token whose key is here.
 */
export function createKeys(issuer: string, timing: Timing, say: Logger): Keys {
  let held: (Published & { at: number }) | undefined
  let fetching: Promise<void> | undefined
  let fault: string | undefined
  let notBefore = Number.NEGATIVE_INFINITY

  const fetch = async () => {
    try {
      held = { ...(await readIssuer(issuer, timing.fetchMs)), at: performance.now() }
      fault = undefined
    } catch (error) {
      const told = fault
      fault = error instanceof DocumentError ? error.message : 'they cannot be read'
      if (fault !== told) say('warn', `no new keys of ${issuer}: ${fault}`)
    }
    notBefore = performance.now() + (fault ? timing.retryMs : timing.cooldownMs)
    fetching = undefined
  }
  const refresh = () => {
    if (!fetching && performance.now() >= notBefore) fetching = fetch()
    return fetching
  }
  const age = () => (held ? performance.now() - held.at : Number.POSITIVE_INFINITY)

  const current = async () => {
    if (age() > timing.keysFreshMs) {
      const refreshed = refresh()
      const wait = age() > timing.keysKeptMs ? timing.fetchMs : timing.refreshWaitMs
      if (refreshed) await within(wait, refreshed)
    }
    if (!held || age() > timing.keysKeptMs) throw new IssuerUnavailableError(unavailable)
    return held
  }
  const newerThan = async (known: Published) => {
    if (held === known) await refresh()
    if (held !== known) return held
    if (fault) throw new IssuerUnavailableError(unavailable)
    return undefined
  }
  return { current, newerThan }
}

const unavailable = 'The issuer of access tokens cannot be reached'
