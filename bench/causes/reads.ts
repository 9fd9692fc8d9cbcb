import { countAvoided } from '#src/analytics/avoided.ts'
import { rankCauses } from '#src/analytics/causes.ts'
import type { Period } from '#src/analytics/period.ts'
import { rangeOf, type Span } from '#src/analytics/range.ts'
import { type CauseSpan, usualCauses } from '#src/causes/filter.ts'
import { listCauses } from '#src/causes/listing.ts'
import { readCause } from '#src/causes/showing/queries.ts'
import { findCause } from '#src/causes/taking.ts'
import { inScope, type Scope } from '#src/db/scope.ts'
import { ownTickets } from '#src/intake/checking/queries.ts'
import { type Arriving, findDouble } from '#src/intake/doubles.ts'
import { sha256 } from '#src/lib/ids.ts'
import type { AdmittedServer } from '#src/servers/queries.ts'
import { findServer } from '#src/servers/queries.ts'
import type { TicketFilter } from '#src/tickets/filter.ts'
import { readInbox } from '#src/tickets/inbox.ts'
import { findMerging } from '#src/tickets/merging/queries.ts'
import { findOthers } from '#src/tickets/others.ts'
import { ofPerson } from '#src/tickets/reporters.ts'
import { readTicket } from '#src/tickets/showing/queries.ts'
import type { Reporter } from '#src/tickets/ticket.ts'
import { bigCause, busy, issuer, smallCause, target } from './planting.ts'

export type Read = {
  name: string
  work: (scope: Scope) => Promise<unknown>
  /** Blocks that all its statements may read together, whatever the number of tickets. */
  buffersMax: number
}

const person: Reporter = {
  proof: 'vouched',
  name: null,
  email: busy.email,
  issuer,
  subject: busy.subject,
}

/** Every read that causes brought along, as the pages and the intake do it. */
export async function readsOf(ownScope: Scope, tickets: number): Promise<Read[]> {
  const server = await findServer(ownScope, 'server-1')
  if (!server) throw new Error('no server')
  const key = { id: '', kind: 'secret' as const, hash: new Uint8Array(), lastUsedAt: null }
  const callerIn = (scope: Scope): AdmittedServer => ({ scope, server, address: '', key })
  const arriving: Arriving = {
    serverId: server.id,
    reporter: person,
    sessionId: busy.session,
    print: null,
    cause: { number: bigCause, fixedAt: null, answer: null },
    title: 'Search fails',
    status: 'open',
    raisedAt: new Date(),
    now: new Date(),
  }
  const today = new Date().toISOString().slice(0, 10)
  const period = (scope: Scope, days: Span): Period => ({
    scope,
    timeZone: 'UTC',
    range: rangeOf({ days: days as 7 }, today),
  })
  const inbox = (filter: Partial<TicketFilter>) => (scope: Scope) =>
    readInbox(scope, { status: 'active', ...filter })
  const double = (change: Partial<Arriving>) => (scope: Scope) =>
    inScope(scope, (tx) => findDouble(tx, scope, { ...arriving, ...change }))
  const lines = Array.from({ length: 50 }, (_, n) => tickets - n)
  const big = tickets - (tickets % 5)

  return [
    ...([7, 30, 90] as CauseSpan[]).map((days, at) => ({
      name: `list of causes, ${days} days`,
      work: (scope: Scope) => listCauses(scope, { ...usualCauses, days }),
      buffersMax: [7_000, 8_000, 10_000][at] ?? 0,
    })),
    {
      name: 'a cause with a fifth of all tickets',
      work: (scope) => readCause(scope, bigCause),
      buffersMax: 5_000,
    },
    {
      name: 'a cause with 3 tickets',
      work: (scope) => readCause(scope, smallCause),
      buffersMax: 100,
    },
    { name: 'inbox', work: inbox({}), buffersMax: 10_000 },
    { name: 'inbox of a large cause', work: inbox({ cause: bigCause }), buffersMax: 10_000 },
    {
      name: 'closed tickets of a large cause',
      work: inbox({ cause: bigCause, status: 'closed' }),
      buffersMax: 10_000,
    },
    { name: 'inbox of a small cause', work: inbox({ cause: smallCause }), buffersMax: 1_000 },
    {
      name: 'search in a large cause',
      work: inbox({ cause: bigCause, status: 'closed', q: 'handbook' }),
      buffersMax: 12_000,
    },
    {
      name: 'search in a small cause',
      work: inbox({ cause: smallCause, status: 'closed', q: 'handbook' }),
      buffersMax: 4_000,
    },
    {
      name: '50 lines with “others”',
      work: (scope) => inScope(scope, (tx) => findOthers(tx, scope, lines)),
      buffersMax: 6_000,
    },
    {
      name: 'a ticket of a large cause',
      work: (scope) => readTicket(scope, big),
      buffersMax: 1_500,
    },
    {
      name: 'a ticket that 500 were merged into',
      work: (scope) =>
        inScope(scope, (tx) =>
          findMerging(tx, scope, {
            number: target,
            status: 'open',
            mergedInto: null,
            cause: bigCause,
            reporter: person,
            serverId: server.id,
          }),
        ),
      buffersMax: 100,
    },
    { name: 'doubles of a person with many tickets', work: double({}), buffersMax: 300 },
    {
      name: 'doubles in a session with many tickets',
      work: double({ reporter: { ...person, proof: 'email', issuer: null, subject: null } }),
      buffersMax: 300,
    },
    {
      name: 'the cause of a ticket that arrives',
      work: (scope) =>
        inScope(scope, (tx) =>
          findCause(tx, scope, server.id, {
            tool: 'tool-1',
            pattern: '',
            fingerprint: sha256('1'),
          }),
        ),
      buffersMax: 20,
    },
    {
      name: 'own tickets of a person with many',
      work: (scope) =>
        inScope(scope, (tx) =>
          ownTickets(tx, callerIn(scope), {
            theirs: ofPerson({ issuer, subject: busy.subject }),
            bucket: '',
          }),
        ),
      buffersMax: 1_000,
    },
    ...([30, 90, 365] as Span[]).flatMap((days, at) => [
      {
        name: `causes in analytics, ${days} days`,
        work: (scope: Scope) => inScope(scope, (tx) => rankCauses(tx, period(scope, days))),
        buffersMax: [5_000, 10_000, 40_000][at] ?? 0,
      },
      {
        name: `tickets avoided, ${days} days`,
        work: (scope: Scope) => inScope(scope, (tx) => countAvoided(tx, period(scope, days))),
        buffersMax: [150_000, 450_000, 2_000_000][at] ?? 0,
      },
    ]),
  ]
}
