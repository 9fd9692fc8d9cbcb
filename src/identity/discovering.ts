import { type Asked, addressProblem, askIssuer } from './asking.ts'
import { limits as defaults, type Limits } from './limits.ts'

/** What an issuer answered when it was asked last. */
export type Discovered = Asked & { at: Date }

type Held = { asking: Promise<Discovered> } | { answer: Discovered; until: number }

/** Asks issuers, and keeps their answers for a while; with waits a test can shorten. */
export function createDiscovery(limits: Limits = defaults) {
  const held = new Map<string, Held>()
  const origins = new Map<string, { asks: number; until: number }>()

  /** Pressing a button again and again makes the desk hammer nobody, by many names neither. */
  const mayAsk = (origin: string) => {
    const now = performance.now()
    const known = origins.get(origin)
    if (known && now < known.until) return ++known.asks <= limits.asksPerOriginMax
    keep(origins, origin, { asks: 1, until: now + limits.asksPerOriginMs }, limits.answersMax)
    return true
  }

  const ask = async (issuer: string): Promise<Discovered> => {
    const asked = await askIssuer(issuer, limits.askMs).catch((error: unknown) => {
      held.delete(issuer)
      throw error
    })
    const answer = { ...asked, at: new Date() }
    const until = performance.now() + (asked.ok ? limits.connectedMs : limits.refusedMs)
    keep(held, issuer, { answer, until }, limits.answersMax)
    return answer
  }

  /** What is known of an issuer, without asking it. */
  const known = (issuer: string): Discovered | undefined => {
    const entry = held.get(issuer)
    return entry && 'answer' in entry && performance.now() < entry.until ? entry.answer : undefined
  }

  /** Whether MCP servers can verify an issuer's tokens, as it is now or was a moment ago. */
  const discover = async (issuer: string, baseUrl: URL): Promise<Discovered> => {
    const problem = addressProblem(issuer, baseUrl)
    if (problem) return refused(problem)
    const answer = known(issuer)
    if (answer) return answer
    const entry = held.get(issuer)
    if (entry && 'asking' in entry) return entry.asking
    const { origin } = new URL(issuer)
    if (!mayAsk(origin)) return refused(`${origin} was asked too often: try again in a minute.`)
    const asking = ask(issuer)
    keep(held, issuer, { asking }, limits.answersMax)
    return asking
  }

  return { discover, known }
}

export const { discover: discoverIssuer, known: knownIssuer } = createDiscovery()

const refused = (reason: string): Discovered => ({ ok: false, reason, at: new Date() })

/** The oldest goes where there are too many. */
function keep<T>(entries: Map<string, T>, name: string, entry: T, entriesMax: number): void {
  entries.delete(name)
  entries.set(name, entry)
  const [oldest] = entries.keys()
  if (entries.size > entriesMax && oldest !== undefined) entries.delete(oldest)
}
