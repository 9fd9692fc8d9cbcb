import { errors, type JWTVerifyGetKey } from 'jose'
import type { Logger } from '../log.ts'
import { within } from '../timing.ts'
import { DocumentError } from './document.ts'
import { IssuerUnavailableError } from './errors.ts'
import { type Published, readIssuer } from './issuer.ts'
import type { Timing } from './limits.ts'

export type Keys = {
  /** The key that a token names, a few minutes old at most while the issuer can be reached. */
  find: JWTVerifyGetKey
  /** What `find` has learned of the `typ` of access tokens. */
  tokenType(): string | undefined
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
    return fetching ?? Promise.resolve()
  }
  const usable = (ageMsMax: number) =>
    held && performance.now() - held.at < ageMsMax ? held : undefined

  const current = async (): Promise<Published> => {
    if (!usable(timing.keysKeptMs)) await refresh()
    else if (!usable(timing.keysFreshMs)) await within(timing.refreshWaitMs, refresh())
    const keys = usable(timing.keysKeptMs)
    if (!keys) throw new IssuerUnavailableError(unavailable)
    return keys
  }
  /** What is newer than `known`, fetched if need be; undefined where it is too soon for a fetch. */
  const newerThan = async (known: Published) => {
    if (held === known) await refresh()
    if (held === known && fault) throw new IssuerUnavailableError(unavailable)
    return held === known ? undefined : held
  }

  const find: JWTVerifyGetKey = async (header, token) => {
    const known = await current()
    try {
      return await known.find(header, token)
    } catch (error) {
      const newer = error instanceof errors.JWKSNoMatchingKey && (await newerThan(known))
      if (!newer) throw error
      return newer.find(header, token)
    }
  }
  return { find, tokenType: () => held?.tokenType }
}

const unavailable = 'The issuer of access tokens cannot be reached'
