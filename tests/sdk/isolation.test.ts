import { afterAll, expect, test } from 'bun:test'
import fc from 'fast-check'
import type { SeenCall } from '../../sdk/src/call.ts'
import type { AuthMode } from '../../sdk/src/contract.ts'
import { deskAt } from '../../sdk/src/desk.ts'
import { type DeskDouble, newKey, openDesk, quick } from './desk.ts'
import { callerNamed, connect, raise } from './isolation/callers.ts'
import { type Desk, type Mode, nextTick, openHost } from './isolation/host.ts'
import { anyPlan, carryOut, check } from './isolation/runs.ts'

type Callers = { mode: Mode; desk: DeskDouble; numRuns: number }

const callers = (mode: Mode, numRuns: number, auth: AuthMode = 'none'): Callers => ({
  mode,
  numRuns,
  desk: openDesk({ context: 'recent', auth }),
})
const bySession = callers('sessions', 334)
const byUser = callers('users', 333, 'external')
const byNothing = callers('anonymous', 333)
const all = [bySession, byUser, byNothing]
afterAll(() => Promise.all(all.map(({ desk }) => desk.close())))

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31))

/** Runs plans until one of them shows a call of one caller in a ticket of another. */
async function tryOut(
  { mode, desk, numRuns }: Callers,
  at: Desk = { url: desk.url, key: newKey() },
  oneSession = false,
) {
  let tickets = 0
  let calls = 0
  const property = fc.asyncProperty(anyPlan, async (plan) => {
    const outcome = await carryOut(plan, mode, desk, at, oneSession)
    await check(outcome, mode)
    tickets += outcome.tickets.length
    for (const { context } of outcome.tickets) calls += context?.calls.length ?? 0
  })
  const { failed, counterexample, errorInstance } = await fc.check(property, {
    seed,
    numRuns,
    endOnFailure: true,
  })
  const error = errorInstance as Error | undefined
  const shown = failed ? `seed ${seed}: ${error?.message} ${JSON.stringify(counterexample)}` : ''
  return { failed: shown, tickets, calls }
}

test.each(all)('of callers told apart by $mode none sees another', async (of) => {
  const { failed, tickets, calls } = await tryOut(of)
  expect(failed).toBe('')
  expect(tickets).toBeGreaterThan(500)
  if (of.mode === 'anonymous') expect(calls).toBe(0)
  else expect(calls).toBeGreaterThan(500)
})

/** What the history must never become. */
function withOneBufferForAll(url: string): Desk {
  const at = { url, key: newKey() }
  const { history } = deskAt(at.url, at.key, undefined, quick)
  const calls: SeenCall[] = []
  history.add = (_, call) => void calls.push(call)
  history.of = () => calls.slice(-10)
  return at
}

test.each([bySession, byUser])('one buffer for all is found among $mode', async (of) => {
  expect((await tryOut(of, withOneBufferForAll(of.desk.url))).failed).toMatch(/names | of \d/)
})

test('one session for all is found where requests have none of their own', async () => {
  expect((await tryOut(byNothing, undefined, true)).failed).toMatch(/names|not of a session/)
})

test('of two users who call by one id on one session neither gets the error of the other', async () => {
  const { desk } = byUser
  const host = openHost({ url: desk.url, key: newKey() })
  const alex = callerNamed('alex', 'alex')
  const sam = callerNamed('sam', 'sam')
  const own = await connect(host, alex)
  const joined = await connect(host, sam, own)
  const { sessionId } = own
  const call = (user: string) =>
    host.fetch('http://docuapi.example/mcp', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        authorization: `Bearer ${user}`,
        'mcp-session-id': sessionId ?? '',
      },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 7,
        method: 'tools/call',
        params: { name: 'work', arguments: { call: `call of ${user}`, ticks: 3, fail: true } },
      }),
    })
  await Promise.all([call('alex'), call('sam')])
  for (let tick = 0; tick < 10; tick++) await nextTick()
  for (const [line, mark, other] of [
    [own, 'alex', 'sam'],
    [joined, 'sam', 'alex'],
  ] as const) {
    const title = await raise(line, mark)
    const raised = desk.received.find(({ ticket }) => ticket.title === title)
    expect(raised?.ticket.context?.calls).toHaveLength(1)
    expect(JSON.stringify(raised?.ticket)).not.toContain(`call of ${other}`)
  }
})
