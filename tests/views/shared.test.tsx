import { expect, test } from 'bun:test'
import type { Others, SharedCause } from '#src/tickets/others.ts'
import { Row } from '#views/tickets/row.tsx'
import { SimilarTickets } from '#views/tickets/similar.tsx'
import { causeName, othersText } from '#views/tickets/words.ts'
import { textOf, valuesOf } from './parse.ts'
import { now, row, ticket } from './props.ts'

const since = { day: '2026-11-22', time: '08:50', isToday: true, isThisYear: true }
const others: Others = { count: { n: 6, more: false }, active: 2, since }
const shared: SharedCause = { number: 7, name: 'Search is refused: 403 …', others }

const line = (of: SharedCause | undefined, change: Partial<typeof row> = {}) => (
  <Row
    organization="northwind"
    filter={{ status: 'closed', cause: 3, q: 'x' }}
    ticket={{ ...row, ...change }}
    shared={of}
    now={now}
  />
)

test('a line says how many others its cause has, and leads to them', () => {
  const markup = line(shared)
  expect(textOf(markup)).toContain('Search is refused: 403 … 6 others since 08:50')
  expect(valuesOf(markup, 'a', 'href')).toContain('/northwind/tickets?status=closed&cause=7&q=x')
  expect(valuesOf(markup, 'a', 'title')).toContain('Search is refused: 403 …')
})

test('a line without others says its cause alone, and one without a cause nothing', () => {
  const none = { count: { n: 0, more: false }, active: 0, since: null }
  expect(textOf(line({ ...shared, others: none }))).toContain('Search is refused')
  expect(textOf(line({ ...shared, others: none }))).not.toContain('other')
  expect(valuesOf(line(undefined), 'a', 'href').join()).not.toContain('cause=7')
})

test('the first of the others is told by its time today, by its day before, by its year long ago', () => {
  const said = (change: Partial<typeof since>, n = 6, more = false) =>
    othersText({ ...others, count: { n, more }, since: { ...since, ...change } })
  expect(said({})).toBe('6 others since 08:50')
  expect(said({}, 1)).toBe('1 other since 08:50')
  expect(said({}, 99, true)).toBe('99+ others since 08:50')
  expect(said({ day: '2026-11-02', isToday: false })).toBe('6 others since 2 Nov, 08:50')
  expect(said({ day: '2025-12-31', isToday: false, isThisYear: false })).toBe(
    '6 others since 31 Dec 2025',
  )
})

test('a line is marked where an answer came with the receipt', () => {
  expect(textOf(line(shared, { answerVersion: 2 }))).toContain('answered')
  expect(textOf(line(shared, { answerVersion: null }))).not.toContain('answered')
})

test('a cause whose name nobody can read goes by its number', () => {
  expect(causeName({ number: 7, name: ' \u202e ' })).toBe('#7')
})

const panel = (change: Partial<NonNullable<typeof ticket.similar>>) =>
  ticket.similar && (
    <SimilarTickets organization="northwind" similar={{ ...ticket.similar, ...change }} />
  )

test('the panel leads to the tickets that are worked on or, where none is, to the closed ones', () => {
  expect(textOf(panel({}))).toContain('6 others hit search_docs in this way since 08:50 today.')
  const to = (active: number) => valuesOf(panel({ others: { ...others, active } }), 'a', 'href')
  expect(to(1)).toContain('/northwind/tickets?cause=7')
  expect(to(0)).toContain('/northwind/tickets?status=closed&cause=7')
})

test('the panel says that there are no others only where all were looked at', () => {
  const without = (more: boolean) =>
    textOf(panel({ others: { count: { n: 0, more }, active: 0, since: null } }))
  expect(without(false)).toContain('No other in the day before it, nor since.')
  expect(without(true)).not.toContain('No other')
  expect(without(true)).toContain('Those nearest to it are in spam; there may be others')
})

test('the panel says the answer as it was given, and whether the cause is fixed', () => {
  expect(textOf(panel({}))).toContain('Sign in again. More: https://docs.example.com/403')
  expect(textOf(panel({ answer: null }))).not.toContain('answered')
  expect(textOf(panel({ isFixed: true }))).toContain('Marked fixed')
  expect(textOf(panel({ cameBack: true, isFixed: false }))).toContain('Came back')
  expect(textOf(panel({ cameBack: false, isFixed: false }))).not.toContain('State')
})
