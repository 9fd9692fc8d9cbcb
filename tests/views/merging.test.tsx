import { describe, expect, test } from 'bun:test'
import type { TicketDetail } from '#src/tickets/ticket.ts'
import { Row } from '#views/tickets/row.tsx'
import { TicketShow } from '#views/tickets/show.tsx'
import { elementsOf, textOf, valuesOf } from './parse.ts'
import { context, now, row, shown, ticket } from './props.ts'

const show = (change: Partial<TicketDetail> = {}, merge?: { into: string; problem: string }) => (
  <TicketShow {...shown} ticket={{ ...ticket, ...change }} merge={merge} />
)
const named = (n: number) => ({ number: n, title: `Search is down (${n})` })
const none = { tickets: [], more: false }
/** How many folds are open. */
const opened = (markup: unknown) =>
  elementsOf(markup).filter(
    ({ tag, attributes }) => tag === 'details' && attributes.some(([name]) => name === 'open'),
  ).length

describe('a ticket that was raised again', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 9, minute))
  const again = [
    { title: ticket.title, description: 'Every search: 403.', context, raisedAt: at(11) },
    { title: 'search_docs: 403', description: ' ', context: null, raisedAt: at(12) },
  ]

  test('tells what was written each time, the title only where it is another', () => {
    const text = textOf(show({ occurrences: 3, again }))
    expect(text).toContain('Raised 3 times')
    expect(text).toContain('3 min Every search: 403. The 3 calls before it')
    expect(text).toContain('search_docs: 403 2 min No description.')
  })

  test('says how many texts are not kept, and that they are erased', () => {
    expect(textOf(show({ occurrences: 60, again }))).toContain(
      '57 more: of these only the number is kept.',
    )
    expect(textOf(show({ occurrences: 3, again: [] }))).toContain(
      'What was written then is erased.',
    )
  })

  test('has the calls of the newest ten', () => {
    const many = Array.from({ length: 12 }, () => again[0] as (typeof again)[0])
    const text = textOf(show({ occurrences: 13, again: many }))
    expect(text.split('The 3 calls before it')).toHaveLength(11)
  })

  test('says so in the list, and nothing where it was raised once', () => {
    const line = (occurrences: number) => (
      <Row
        organization="northwind"
        filter={{ status: 'active' }}
        ticket={{ ...row, occurrences }}
        now={now}
      />
    )
    expect(textOf(line(5))).toContain('#1042 ×5')
    expect(textOf(line(1))).not.toContain('×')
    expect(textOf(show())).not.toContain('Raised')
  })
})

describe('merging', () => {
  test('is offered with suggestions as buttons, and a field, folded away', () => {
    const markup = show()
    const path = '/northwind/tickets/1042/merge'
    expect(valuesOf(markup, 'form', 'action').filter((one) => one.startsWith(path))).toHaveLength(2)
    expect(textOf(markup)).toContain('#1040 No search results')
    expect(valuesOf(markup, 'button', 'value')).toContain('1040')
  })

  test('that could not be says why beside what was typed', () => {
    const markup = show({}, { into: '7', problem: 'There is no ticket #7.' })
    expect(textOf(markup)).toContain('There is no ticket #7.')
    expect(valuesOf(markup, 'input', 'value')).toContain('7')
    expect(opened(markup)).toBe(opened(show()) + 1)
  })

  test('is told on both tickets, and not offered on either', () => {
    const into = show({
      merging: { parts: { tickets: [named(3), named(5)], more: true }, suggested: [] },
    })
    expect(textOf(into)).toContain(
      'Merged into this one #3 Search is down (3) #5 Search is down (5) And others.',
    )
    expect(valuesOf(into, 'a', 'href')).toContain('/northwind/tickets/3')
    const merged = show({
      mergedInto: 7,
      status: 'closed',
      merging: { parts: none, suggested: [] },
    })
    expect(textOf(merged)).toContain('Merged into #7 , and closed with that.')
    expect(valuesOf(merged, 'a', 'href')).toContain('/northwind/tickets/7')
    for (const markup of [into, merged]) expect(textOf(markup)).not.toContain('Merge into another')
  })
})
