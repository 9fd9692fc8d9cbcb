import { describe, expect, test } from 'bun:test'
import type { TicketDetail } from '#src/tickets/ticket.ts'
import { ErasurePage } from '#views/tickets/erasure.tsx'
import { TicketShow } from '#views/tickets/show.tsx'
import { TicketState } from '#views/tickets/state.tsx'
import { StatusControl } from '#views/tickets/status.tsx'
import { elementsOf, textOf, valuesOf } from './parse.ts'
import { context, now, organization, shown, ticket } from './props.ts'

const back = '/northwind/tickets?status=open&q=x'
const show = (change: Partial<TicketDetail> = {}) => (
  <TicketShow {...shown} ticket={{ ...ticket, ...change }} filter={{ status: 'open', q: 'x' }} />
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
    const path = '/northwind/tickets/1042/status?status=open&q=x'
    const control = (status: 'open' | 'closed' | 'spam') => (
      <StatusControl
        organization="northwind"
        ticket={{ number: 1042, status }}
        filter={{ status: 'open', q: 'x' }}
      />
    )
    expect(valuesOf(show(), 'form', 'action')).toContain(path)
    expect(valuesOf(control('open'), 'form', 'method')).toEqual(['post'])
    expect(valuesOf(control('open'), 'button', 'value')).toEqual(['open', 'in_progress', 'closed'])
    const pressed = (status: 'closed' | 'spam') =>
      valuesOf(control(status), 'button', 'aria-pressed')
    expect(pressed('closed')).toEqual(['false', 'false', 'true'])
    expect(pressed('spam')).toEqual(['false', 'false', 'false'])
    expect(valuesOf(control('spam'), 'input', 'value')).toEqual(['spam'])
  })
  test('is answered to htmx with the parts that changed, each for its place', () => {
    const done = { text: '#1042 is closed', undo: '/northwind/changes/c/undo' }
    const markup = <TicketState {...shown} ticket={ticket} done={done} />
    const targets = valuesOf(markup, 'hx-partial', 'hx-target')
    expect(targets).toEqual(['#actions', '#priority', '#history', '#merging', '#toasts'])
    const ids = ['div', 'form', 'section'].flatMap((tag) => valuesOf(show(), tag, 'id'))
    for (const target of targets.slice(0, -1)) expect(ids).toContain(target.slice(1))
    expect(valuesOf(markup, 'form', 'action')).toContain(done.undo)
  })
  test('that somebody else changed meanwhile is said with who and what', () => {
    const markup = (
      <TicketState {...shown} ticket={{ ...ticket, status: 'closed' }} conflict="status" />
    )
    expect(textOf(markup)).toContain('Mira Okafor changed the status to closed meanwhile.')
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
    expect(String(show()).split('Take along')[0]).not.toContain('&quot;[redacted]&quot;')
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
    expect(identity({})).toMatch(/Identity Vouched for by the server Issuer/)
    expect(identity({ proof: 'signed_in' })).toMatch(/Identity Signed in Issuer/)
    expect(identity({ proof: 'email' })).toContain('Identity E-mail given, unverified')
  })
  test('whose address nobody has verified is marked wherever it stands', () => {
    const text = identity({ proof: 'email', name: null })
    expect(text).toContain('from ana@fjord.example (unverified)')
    expect(text).toContain('E-mail ana@fjord.example unverified')
    expect(identity({})).not.toContain('unverified')
  })
  test('leads to their earlier tickets by a number, open ones first', () => {
    const earlier = (n: number, active: number, more = false) => {
      const markup = show({ earlier: { count: { n, more }, active } })
      const link = valuesOf(markup, 'a', 'href').find((href) => href.includes('reporter='))
      return [/Tickets (.*?) Similar tickets/.exec(textOf(markup))?.[1], link]
    }
    const closed = '/northwind/tickets?status=closed&reporter=1042'
    const active = '/northwind/tickets?reporter=1042'
    expect(earlier(3, 0)).toEqual(['3 earlier tickets , all closed', closed])
    expect(earlier(1, 0)).toEqual(['1 earlier ticket , closed', closed])
    expect(earlier(3, 1)).toEqual(['3 earlier tickets , 1 active', active])
    expect(earlier(3, 3)).toEqual(['3 earlier tickets , all active', active])
    expect(earlier(100, 2, true)).toEqual(['100+ earlier tickets', active])
    expect(earlier(0, 0)).toEqual(['No earlier ones', undefined])
  })
  test('that nobody has proven has no earlier tickets to tell of', () => {
    expect(textOf(show({ earlier: null }))).not.toContain('earlier')
  })
  test('that is erased leaves who did it and when', () => {
    const nobody = { name: null, email: null, issuer: null, subject: null }
    const event = (newValue: string | null) => ({
      ...ticket,
      reporter: { proof: 'erased' as const, ...nobody },
      context: null,
      events: [
        ...ticket.events,
        {
          id: '3',
          action: 'reporter_erased' as const,
          oldValue: null,
          newValue,
          changeId: null,
          staffName: 'Sarah',
          createdAt: now,
        },
      ],
    })
    const text = textOf(show(event(null)))
    expect(text).toContain('#1042 from an erased reporter')
    expect(text).toContain('Identity Erased by Sarah on 22 Nov 2026')
    expect(text).toMatch(/Sarah erased the reporter (?!and)/)
    expect(textOf(show(event('words')))).toContain('Sarah erased the reporter and what they wrote')
    expect(textOf(show(event('words')))).toContain('were erased with its reporter')
  })
  test('can be erased by those who may, while there is one', () => {
    const path = '/northwind/tickets/1042/erasure'
    const links = (reporter: Partial<TicketDetail['reporter']>, erasure?: string) =>
      valuesOf(
        <TicketShow
          {...shown}
          ticket={{ ...ticket, reporter: { ...ticket.reporter, ...reporter } }}
          {...(erasure && { erasure })}
        />,
        'a',
        'href',
      )
    expect(links({}, path)).toContain(path)
    expect(links({ proof: 'email', subject: null }, path)).toContain(path)
    expect(links({})).not.toContain(path)
    expect(links({ proof: 'erased', subject: null, email: null }, path)).not.toContain(path)
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

test('an erasure that is not done yet says what is left, and keeps what was chosen', () => {
  const erasure = (words: boolean) => (
    <ErasurePage
      organization={organization}
      number={1042}
      filter={{ status: 'open' }}
      reporter={ticket.reporter}
      tickets={{ n: 1000, more: true }}
      words={words}
      isBegun
    />
  )
  expect(textOf(erasure(true))).toContain('Not done yet: 1,000+ tickets left.')
  expect(has(erasure(true), 'input', 'checked')).toBe(true)
  expect(has(erasure(false), 'input', 'checked')).toBe(false)
  expect(valuesOf(erasure(true), 'form', 'action')).toEqual([
    '/northwind/tickets/1042/erasure?status=open',
  ])
})

test('raised and received are told apart only when the ticket waited', () => {
  expect(textOf(show())).not.toContain('Raised')
  const text = textOf(show({ raisedAt: new Date('2026-11-22T08:00:00Z') }))
  expect(text).toContain('Raised 22 Nov 2026, 08:00:00 UTC')
  expect(text).toContain('Received 22 Nov 2026, 09:10:00 UTC')
})

test('the history is told in sentences, newest last', () => {
  const text = textOf(show())
  expect(text).toMatch(/Filed through get_support_tool.*Mira Okafor closed this ticket/)
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
            changeId: null,
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
  expect(event('open', 'spam')).toContain('Mo marked this ticket as spam')
  expect(event('spam', 'open')).toContain('Mo took this ticket out of spam')
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
