import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { sdkVersion } from '#sdk/version.ts'
import type { Cell } from './cell.ts'
import { openTracker, type Tracker } from './filed.ts'
import { kindsOf } from './kinds.ts'
import { runEverything, runOf, type Seen } from './running.ts'
import { runtimes, setups } from './setups.ts'

const ourTools = ['get_support_tool', 'check_support_ticket']

let tracker: Tracker
let everything: Map<string, Promise<Seen>>
beforeAll(async () => {
  tracker = await openTracker()
  everything = runEverything(tracker.given)
})
afterAll(() => tracker.close())

for (const setup of setups)
  for (const runtime of runtimes) {
    const kinds = kindsOf(setup, runtime)
    if (kinds.length === 0) continue
    describe(`${setup.title} on ${runtime.title}`, () => {
      const run = runOf(setup, runtime)
      const titles: string[] = []
      let seen: Seen
      beforeAll(async () => {
        seen = (await everything.get(run)) ?? { cells: new Map(), error: 'not run' }
      }, 180_000)

      for (const kind of kinds)
        test(kind, async () => {
          const cell = seen.cells.get(kind)
          if (!cell) throw new Error(seen.error || `${run} has no ${kind}`)
          expect(cell.problems).toEqual([])
          expect(cell.plain).not.toEqual([])
          expect(cell.supported).toEqual(cell.plain)
          expect(cell.pages).toEqual(withTools(cell.own))
          expect(cell.tickets).toHaveLength(/over stdio/.test(kind) ? 1 : 2)
          for (const ticket of cell.tickets) {
            titles.push(ticket.title)
            const { reference, ...filed } = await tracker.filed(ticket.title)
            expect(filed).toEqual(expected(ticket))
            expect(ticket.receipt).toMatchObject({
              structuredContent: { status: 'received', reference },
            })
            const tickets = isKnown(ticket) ? [{ reference, title: ticket.title }] : []
            expect(ticket.checked).toMatchObject({ structuredContent: { tickets } })
          }
        })

      test('nothing else ran, and no other ticket was filed', async () => {
        expect(seen.error).toBe('')
        expect([...seen.cells.keys()].sort()).toEqual(kinds.toSorted())
        expect(await tracker.titles(run)).toEqual(titles.sort())
      })
    })
  }

/** Our tools are listed last, once, on the last page. */
const withTools = (own: string[][]) => [...own.slice(0, -1), [...(own.at(-1) ?? []), ...ourTools]]

/** Whether the reporter of a ticket can be told from others when they ask what became of it. */
const isKnown = ({ reporter, context }: Cell['tickets'][number]) =>
  'subject' in reporter || context.sessionId

/** A ticket as the desk should have it: of its reporter alone, with the reporter's calls alone. */
function expected({ title, reporter, context }: Cell['tickets'][number]) {
  const { client, protocolVersion, sessionId, calls, ...rest } = context
  return {
    title,
    reporter,
    context: {
      ...rest,
      ...(client && { client }),
      ...(protocolVersion && { protocolVersion }),
      ...(sessionId && { sessionId: expect.stringMatching(/^[0-9a-f]{32}$/) }),
      sdkVersion,
      calls: calls.map((call) => ({
        ...call,
        at: expect.any(String),
        durationMs: expect.any(Number),
      })),
    },
  }
}
