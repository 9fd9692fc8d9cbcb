import type { ParsedContext } from '#src/intake/input.ts'
import type { Chance } from './chance.ts'
import { clients, protocolVersions } from './content/clients.ts'
import type { Problem } from './content/problem.ts'
import type { DemoServer } from './content/servers.ts'
import { fill } from './content/slots.ts'

type Call = ParsedContext['calls'][number]

const sdkVersion = '0.1.0'

/** A session as the SDK would have sent it: calls that worked, and the one it is about. */
export function sessionOf(
  chance: Chance,
  server: DemoServer,
  problem: Problem,
  /** `age` is 1 ninety days ago and 0 now: programs have older versions then. */
  { raisedAt, age, slots }: { raisedAt: Date; age: number; slots: Record<string, string> },
): ParsedContext {
  const client = chance.weighted(clients, ({ share }) => share)
  return {
    client: { name: client.name, version: versionAt(chance, client.versions, age) },
    server: {
      name: server.program.name,
      version: versionAt(chance, server.program.versions, age),
    },
    protocolVersion: chance.pick(protocolVersions),
    transport: 'http',
    sessionId: Array.from({ length: 32 }, () => chance.whole(0, 15).toString(16)).join(''),
    sdkVersion,
    calls: callsOf(chance, problem, raisedAt, slots),
  }
}

function versionAt(chance: Chance, versions: string[], age: number): string {
  const newest = versions.length - 1
  const current = Math.round((1 - age) * newest)
  return versions[chance.happens(0.8) ? current : Math.max(0, current - 1)] ?? ''
}

function callsOf(
  chance: Chance,
  { tool, before = [], error, arguments: given }: Problem,
  raisedAt: Date,
  slots: Record<string, string>,
): Call[] {
  if (!tool) return []
  const worked = before.map((name): Call => ({ tool: name, at: '', outcome: 'ok' }))
  const failed: Call = {
    tool,
    at: '',
    outcome: 'error',
    arguments: fill(given, slots),
    error: fill(error, slots),
  }
  const tries = error && chance.happens(0.45) ? 2 : 1
  const about: Call[] = error
    ? Array.from({ length: tries }, () => failed)
    : [{ tool, at: '', outcome: 'ok' }]
  const calls = [...(chance.happens(0.8) ? worked : worked.slice(1)), ...about]
  return timed(chance, calls, raisedAt)
}

/** Gives each its time, backwards from the ticket. */
function timed(chance: Chance, calls: Call[], raisedAt: Date): Call[] {
  let at = raisedAt.getTime() - chance.whole(15_000, 80_000)
  return calls
    .toReversed()
    .map((call) => {
      const timeout = /(\d+),000 ms|after (\d+) s/.exec(call.error ?? '')
      const seconds = Number(timeout?.[1] ?? timeout?.[2] ?? 0)
      const durationMs = seconds ? seconds * 1_000 + 4 : Math.round(chance.around(160))
      const timedCall = { ...call, at: new Date(at).toISOString(), durationMs }
      at -= chance.whole(6_000, 45_000) + durationMs
      return timedCall
    })
    .reverse()
}
