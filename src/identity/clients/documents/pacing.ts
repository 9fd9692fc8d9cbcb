import { OAuthError } from '#src/web/oauth.ts'
import { Problem } from '#src/web/problem.ts'
import type { Limits } from './limits.ts'

type Read<T> = (url: string) => Promise<T>
type Failed = { error: OAuthError; until: number }
type Asked = { reads: number; until: number }

/**
 * Reads for strangers, so that nobody makes the desk hammer a host: those who want one address at
 * once share a read, one that can't be used is not asked for again for a moment, a host is asked so
 * and so often, and only few reads are under way. Where there are too many, a `too_many`.
 */
export function paced<T>(read: Read<T>, limits: Limits): Read<T> {
  const underWay = new Map<string, Promise<T>>()
  const failed = new Map<string, Failed>()
  const hosts = new Map<string, Asked>()

  const mayAsk = (host: string): boolean => {
    const now = performance.now()
    const known = hosts.get(host)
    const asked =
      known && now < known.until ? known : { reads: 0, until: now + limits.readsPerHostMs }
    keep(hosts, host, asked, limits.hostsMax)
    return ++asked.reads <= limits.readsPerHost
  }

  const begin = async (url: string): Promise<T> => {
    try {
      return await read(url)
    } catch (error) {
      const until = performance.now() + limits.failedMs
      if (error instanceof OAuthError) keep(failed, url, { error, until }, limits.failedMax)
      throw error
    } finally {
      underWay.delete(url)
    }
  }

  return async (url) => {
    const shared = underWay.get(url)
    if (shared) return shared
    const known = failed.get(url)
    if (known && performance.now() < known.until) throw known.error
    if (underWay.size >= limits.readsAtOnce || !mayAsk(new URL(url).hostname)) throw tooMany()
    const reading = begin(url)
    underWay.set(url, reading)
    return reading
  }
}

const tooMany = () =>
  new Problem('too_many', 'Too many apps introduce themselves: try again in a minute.', {
    retryAfterSeconds: 60,
  })

/** The oldest goes where there are too many. */
function keep<T>(entries: Map<string, T>, name: string, entry: T, entriesMax: number): void {
  entries.delete(name)
  entries.set(name, entry)
  const [oldest] = entries.keys()
  if (entries.size > entriesMax && oldest !== undefined) entries.delete(oldest)
}
