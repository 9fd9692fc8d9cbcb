import type { Scope } from '#src/db/scope.ts'
import { type Asked, addressProblem, askIssuer } from './asking.ts'
import { limits as defaults, type Limits } from './limits.ts'

/** What an issuer answered when it was asked last. */
export type Discovered = Asked & { at: Date }

type Held = { asking: Promise<Discovered> } | { answer: Discovered; until: number }

/** Asks issuers, and keeps their answers for a while; with waits a test can shorten. */
export function createDiscovery(limits: Limits = defaults) {
  const held = new Map<string, Held>()
  let recent = { asks: 0, until: 0 }

  /** Pressing a button again and again makes the desk hammer nobody, by many names neither. */
  const mayAsk = () => {
    const now = performance.now()
    if (now >= recent.until) recent = { asks: 0, until: now + limits.asksMs }
    return ++recent.asks <= limits.asksMax
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
    if (!mayAsk()) return refused('Too many issuers were asked lately: try again in a minute.')
    const asking = ask(issuer)
    keep(held, issuer, { asking }, limits.answersMax)
    return asking
  }

  return { discover, known }
}

const discoveries = new Map<string, ReturnType<typeof createDiscovery>>()

/** That of one organization: what it asks tells another nothing, and takes nothing from it. */
export function discoveryOf({ organizationId }: Scope) {
  const discovery = discoveries.get(organizationId) ?? createDiscovery()
  keep(discoveries, organizationId, discovery, defaults.organizationsMax)
  return discovery
}

const refused = (reason: string): Discovered => ({ ok: false, reason, at: new Date() })

/** The oldest goes where there are too many. */
function keep<T>(entries: Map<string, T>, name: string, entry: T, entriesMax: number): void {
  entries.delete(name)
  entries.set(name, entry)
  const [oldest] = entries.keys()
  if (entries.size > entriesMax && oldest !== undefined) entries.delete(oldest)
}
