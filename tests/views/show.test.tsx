import { describe, expect, test } from 'bun:test'
import type { TicketDetail } from '#src/tickets/ticket.ts'
import { TicketShow } from '#views/tickets/show.tsx'
import { TicketState } from '#views/tickets/state.tsx'
import { elementsOf, textOf, valuesOf } from './parse.ts'
import { context, now, organization, ticket } from './props.ts'

const back = '/northwind/tickets?status=open&q=x'
const show = (change: Partial<TicketDetail> = {}) => (
  <TicketShow
    organization={organization}
    ticket={{ ...ticket, ...change }}
    reference="DOCUAPI-1042"
    back={back}
    now={now}
  />
)
const has = (markup: unknown, tag: string, attribute: string) =>
  elementsOf(markup).some(
    (element) => element.tag === tag && element.attributes.some(([name]) => name === attribute),
  )

test('the way back keeps the filter', () => {
  expect(valuesOf(show(), 'a', 'href')[0]).toBe(back)
})

describe('the status', () => {
  test('is set by an ordinary form that says which one holds', () => {
    expect(valuesOf(show(), 'form', 'method')).toEqual(['post'])
    expect(valuesOf(show(), 'form', 'action')).toEqual([
      '/northwind/tickets/1042/status?status=open&q=x',
    ])
    expect(valuesOf(show(), 'button', 'value')).toEqual(['open', 'in_progress', 'closed'])
    expect(valuesOf(show({ status: 'closed' }), 'button', 'aria-pressed')).toEqual([
      'false',
      'false',
      'true',
    ])
  })
  test('is answered to htmx with the control and the history, each for its place', () => {
    const markup = <TicketState organization={organization} ticket={ticket} now={now} />
    expect(valuesOf(markup, 'form', 'id')).toEqual(['status'])
    expect(valuesOf(markup, 'hx-partial', 'hx-target')).toEqual(['#history'])
    expect(valuesOf(markup, 'section', 'id')).toEqual(['history'])
    expect(valuesOf(show(), 'section', 'id')).toContain('history')
  })
})

describe('the session', () => {
  test('is told before the ticket, with what failed open', () => {
    const text = textOf(show())
    expect(text).toContain('3 calls, 1 failed, 1 min 48 s')
    expect(text).toContain('−1:48 list_spaces 12 ms')
    expect(text).toContain('−0:52 search_docs failed 41 ms')
    expect(text).toContain('no answer yet')
    expect(has(show(), 'details', 'open')).toBe(true)
  })
  test('shows what was taken out as a chip', () => {
    expect(String(show())).toContain('<span class="redaction">redacted</span>')
    expect(textOf(show())).not.toContain('"[redacted]"')
  })
  test('says when nothing came along', () => {
    expect(textOf(show({ context: null }))).toContain('No context came with this ticket')
    expect(textOf(show({ context: { calls: [] } }))).toContain('No tool was called')
  })
  test('with times and values that make no sense does not break the page', () => {
    const calls = [
      { tool: '', at: 'nonsense', durationMs: -5, outcome: 'ok' as const, arguments: null },
      { tool: 'x', at: '', outcome: 'error' as const, arguments: { a: [{ b: {} }] } },
    ]
    expect(textOf(show({ context: { calls } }))).toContain('2 calls, 1 failed')
  })
})

describe('the reporter', () => {
  const identity = (change: Partial<TicketDetail['reporter']>) =>
    textOf(show({ reporter: { ...ticket.reporter, ...change } }))
  test('is shown with how they were proven', () => {
    expect(identity({})).toContain('Signed in, vouched for by the server')
    expect(identity({ proof: 'signed_in' })).toMatch(/Identity Signed in Issuer/)
    expect(identity({ proof: 'email' })).toContain('E-mail given, unverified')
  })
  test('can be answered by mail, with the reference as its subject', () => {
    expect(valuesOf(show(), 'a', 'href')).toContain(
      'mailto:ana@fjord.example?subject=%5BDOCUAPI-1042%5D%20search_docs%20keeps%20returning%20403',
    )
  })
  test('without an address has no link to one', () => {
    const reporter = { ...ticket.reporter, email: null }
    expect(valuesOf(show({ reporter }), 'a', 'href').join()).not.toContain('mailto')
  })
})

test('raised and received are told apart only when the ticket waited', () => {
  expect(textOf(show())).not.toContain('Raised')
  const text = textOf(show({ raisedAt: new Date('2026-11-22T08:00:00Z') }))
  expect(text).toContain('Raised 22 Nov 2026, 08:00:00 UTC')
  expect(text).toContain('Received 22 Nov 2026, 09:10:00 UTC')
})

test('the history is told in sentences, newest first', () => {
  const text = textOf(show())
  expect(text).toMatch(/Mira Okafor closed this ticket.*Filed through get_support_tool/)
  const event = (oldValue: string, newValue: string) =>
    textOf(
      show({
        events: [
          {
            ...ticket.events[0],
            id: '3',
            action: 'status_changed',
            oldValue,
            newValue,
            staffName: 'Mo',
            createdAt: now,
          },
        ],
      }),
    )
  expect(event('closed', 'open')).toContain('Mo reopened this ticket')
  expect(event('closed', 'in_progress')).toContain('Mo reopened this ticket, in progress')
  expect(event('open', 'in_progress')).toContain('Mo started work on this ticket')
  expect(event('in_progress', 'open')).toContain('Mo set this ticket back to open')
})

test('what is not known takes no room', () => {
  const bare = show({
    context: { calls: context.calls },
    sessionId: null,
    userAgent: null,
    description: ' ',
    title: ' ',
  })
  expect(textOf(bare)).not.toContain('Client')
  expect(textOf(bare)).toContain('No description.')
  expect(textOf(bare)).toContain('No title')
})
