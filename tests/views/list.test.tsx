import { describe, expect, test } from 'bun:test'
import type { TicketFilter } from '#src/tickets/filter.ts'
import type { Reporter, TicketPage } from '#src/tickets/ticket.ts'
import { Results } from '#views/tickets/results.tsx'
import { Search } from '#views/tickets/search.tsx'
import { textOf, valuesOf } from './parse.ts'
import {
  counts,
  noCounts,
  noRows,
  now,
  offers,
  organization,
  page,
  row,
  servers,
  today,
} from './props.ts'

const props = {
  organization,
  counts,
  servers,
  offers,
  today,
  newest: 1042,
  isOwner: true,
  now,
  page,
  filter: { status: 'active' } as TicketFilter,
  reporter: null as Reporter | null,
}
const results = (change: Partial<typeof props> = {}) => <Results {...props} {...change} />
const hrefs = (markup: unknown) => valuesOf(markup, 'a', 'href')

describe('links are canonical', () => {
  test('tabs keep the server and the words, and say no default', () => {
    const filter: TicketFilter = { status: 'open', server: 'docuapi', q: 'a b', before: 900 }
    expect(hrefs(results({ filter })).slice(0, 6)).toEqual([
      '/northwind/tickets?server=docuapi&q=a+b',
      '/northwind/tickets?status=open&server=docuapi&q=a+b',
      '/northwind/tickets?status=in_progress&server=docuapi&q=a+b',
      '/northwind/tickets?status=closed&server=docuapi&q=a+b',
      '/northwind/tickets?status=spam&server=docuapi&q=a+b',
      '/northwind/tickets?status=open&q=a+b',
    ])
  })
  test('a ticket keeps the filter it was found with', () => {
    expect(hrefs(results())).toContain('/northwind/tickets/1042')
    const filter: TicketFilter = { status: 'closed', q: 'x', before: 2000 }
    expect(hrefs(results({ filter }))).toContain(
      '/northwind/tickets/1042?status=closed&q=x&before=2000',
    )
  })
  test('pages go on from a number and keep the rest', () => {
    const filter: TicketFilter = { status: 'closed', server: 'docuapi', before: 2000 }
    const links = hrefs(results({ filter, page: { ...page, newer: 1999, older: 1000 } }))
    expect(links).toContain('/northwind/tickets?status=closed&server=docuapi&after=1999')
    expect(links).toContain('/northwind/tickets?status=closed&server=docuapi&before=1000')
  })
})

test('the search keeps the rest of the filter, and works as an ordinary form', () => {
  const filter: TicketFilter = {
    status: 'open',
    server: 'docuapi',
    unread: true,
    q: 'x',
    before: 9,
  }
  const markup = <Search organization="northwind" filter={filter} />
  expect(valuesOf(markup, 'form', 'action')).toEqual(['/northwind/tickets'])
  expect(valuesOf(markup, 'input', 'name')).toEqual(['status', 'server', 'unread', 'q'])
  expect(valuesOf(markup, 'input', 'value')).toEqual(['open', 'docuapi', '1', 'x'])
  const first = <Search organization="northwind" filter={{ status: 'active' }} />
  expect(valuesOf(first, 'input', 'name')).toEqual(['q'])
})

test('the current tab is marked, and a bounded count says so', () => {
  const markup = results({ filter: { status: 'closed' } })
  expect(valuesOf(markup, 'a', 'aria-current')).toEqual(['page'])
  expect(textOf(markup)).toContain('Closed 1,000+')
})

test('a row tells who, where, what failed and when', () => {
  const text = textOf(results())
  for (const part of ['#1042', 'Ana Lindqvist', 'docuapi', 'Bug', 'High', '4 min'])
    expect(text).toContain(part)
  expect(text).toContain('search_docs 403 forbidden')
  expect(valuesOf(results(), 'time', 'title')).toEqual(['22 Nov 2026, 09:10:00 UTC'])
  expect(valuesOf(results(), 'svg', 'aria-label')).toContain('5 calls before, 2 failed')
})

describe('a row tells how its reporter was proven', () => {
  const line = (change: Partial<Reporter>) => {
    const reporter = { ...row.reporter, ...change }
    return textOf(results({ page: { ...page, rows: [{ ...row, reporter }] } }))
  }
  test('beside name and e-mail', () => {
    expect(line({})).toContain('Ana Lindqvist ana@fjord.example vouched for')
    expect(line({ proof: 'signed_in' })).toContain('Ana Lindqvist ana@fjord.example signed in')
    expect(line({ name: null, email: null })).toContain('usr_9 vouched for')
  })
  test('an address that was only given says so, and never looks proven', () => {
    const text = line({ proof: 'email', name: null, issuer: null, subject: null })
    expect(text).toContain('ana@fjord.example unverified')
    expect(text).not.toMatch(/signed in|vouched/)
  })
  test('however long the name is: the proof is no part of what is cut off', () => {
    const markup = results({
      page: { ...page, rows: [{ ...row, reporter: { ...row.reporter, name: 'x'.repeat(500) } }] },
    })
    expect(String(markup)).toContain('<span title="Vouched for by the server">vouched for</span>')
  })
  test('of an erased one only that', () => {
    const nobody = { name: null, email: null, issuer: null, subject: null }
    expect(line({ proof: 'erased', ...nobody })).toContain('#1042 reporter erased')
  })
})

describe('the tickets of a reporter', () => {
  const filter: TicketFilter = { status: 'closed', server: 'docuapi', reporter: 1042, q: 'x' }
  test('are named by a ticket in every link, and by name on the page', () => {
    const markup = results({ filter, reporter: row.reporter, page: { ...page, older: 7 } })
    expect(textOf(markup)).toContain('Stop showing only By Ana Lindqvist')
    const links = hrefs(markup)
    expect(links).toContain('/northwind/tickets?status=closed&server=docuapi&q=x')
    expect(links).toContain('/northwind/tickets?server=docuapi&reporter=1042&q=x')
    expect(links).toContain(
      '/northwind/tickets?status=closed&server=docuapi&reporter=1042&q=x&before=7',
    )
    expect(links.join()).not.toMatch(/ana|usr_9|fjord/i)
  })
  test('stay chosen while one searches', () => {
    const markup = <Search organization="northwind" filter={filter} />
    expect(valuesOf(markup, 'input', 'name')).toEqual(['status', 'server', 'reporter', 'q'])
  })
  test('that are none say whose they would be, and can be left', () => {
    const markup = results({ filter, page: noRows, counts: noCounts })
    expect(textOf(markup)).toContain('No ticket matches')
    expect(textOf(markup)).toContain('by the reporter of #1042')
    expect(hrefs(markup).at(-1)).toBe('/northwind/tickets?status=closed')
  })
})

test('a title that reverses the reading order reads in ours', () => {
  const rows = [{ ...row, title: '\u202egnp.exe' }]
  expect(String(results({ page: { ...page, rows } }))).not.toContain('\u202e')
})

describe('an empty list says why', () => {
  const empty = (change: Partial<typeof props>) => results({ page: noRows, ...change })

  test('no server yet: an owner adds one, a member waits for an owner', () => {
    const none = { servers: [], counts: noCounts }
    expect(hrefs(empty(none))).toContain('/northwind/servers/new')
    expect(hrefs(empty({ ...none, isOwner: false }))).not.toContain('/northwind/servers/new')
    expect(textOf(empty({ ...none, isOwner: false }))).toContain('An owner of the organization')
  })
  test('no ticket yet: what to try', () => {
    expect(textOf(empty({ counts: noCounts }))).toContain('No ticket yet')
    expect(hrefs(empty({ counts: noCounts }))).toContain('/northwind/servers')
  })
  test('nothing active: all done', () => {
    expect(textOf(empty({}))).toContain('All done')
    expect(textOf(empty({ filter: { status: 'in_progress' } }))).toContain('Nothing in progress')
  })
  test('the filter matches nothing: a way to clear it', () => {
    const markup = empty({ filter: { status: 'closed', q: 'zebra', server: 'docuapi' } })
    expect(textOf(markup)).toContain('No ticket matches')
    expect(hrefs(markup).at(-1)).toBe('/northwind/tickets?status=closed')
  })
  test('the search stopped at its bound: a way to keep looking', () => {
    const searched: TicketPage = { ...noRows, searchedTo: 8000 }
    const markup = empty({ filter: { status: 'active', q: 'zebra' }, page: searched })
    expect(textOf(markup)).toContain('No match down to #8000')
    expect(hrefs(markup)).toContain('/northwind/tickets?q=zebra&before=8000')
  })
})

test('a search that stopped with matches offers to keep looking below them', () => {
  const filter: TicketFilter = { status: 'active', q: 'x' }
  const markup = results({ filter, page: { ...page, searchedTo: 8000 } })
  expect(textOf(markup)).toContain('Searched back to #8000. Keep looking')
  expect(hrefs(markup)).toContain('/northwind/tickets?q=x&before=8000')
})

test('the servers to choose from are links, the chosen one takes itself away', () => {
  expect(hrefs(results())).toContain('/northwind/tickets?server=billing')
  const chosen = results({ filter: { status: 'active', server: 'docuapi' } })
  expect(hrefs(chosen)).toContain('/northwind/tickets')
  expect(hrefs(chosen)).not.toContain('/northwind/tickets?server=billing')
})

describe('a value in a row', () => {
  const filter: TicketFilter = { status: 'open', q: 'x', before: 2000 }
  test('leads to those that share it, from the first page', () => {
    const links = hrefs(results({ filter }))
    for (const part of [
      'server=docuapi',
      'tool=search_docs',
      'category=Bug',
      'error=403+forbidden',
    ])
      expect(links).toContain(`/northwind/tickets?status=open&${part}&q=x`)
  })
})

describe('a chip', () => {
  const chips = (filter: Partial<TicketFilter>) =>
    results({ filter: { status: 'active', ...filter } })
  test('of what is set takes that away alone', () => {
    const markup = chips({ tool: 'search_docs', priority: 'high', unread: true, q: 'x' })
    const text = textOf(markup)
    for (const set of ['search_docs', 'High priority', 'Unread'])
      expect(text).toContain(`Stop showing only ${set}`)
    const links = hrefs(markup)
    expect(links).toContain('/northwind/tickets?priority=high&unread=1&q=x')
    expect(links).toContain('/northwind/tickets?tool=search_docs&unread=1&q=x')
    expect(links).toContain('/northwind/tickets?tool=search_docs&priority=high&q=x')
  })
  test('of what may be added offers what occurs, as links', () => {
    const links = hrefs(chips({ server: 'docuapi' }))
    expect(links).toContain('/northwind/tickets?server=docuapi&client=Claude+Code')
    expect(links).toContain('/northwind/tickets?server=docuapi&priority=high')
    expect(links).toContain('/northwind/tickets?server=docuapi&unread=1')
  })
  test('of days says them as they were offered, and by their dates', () => {
    const said = (filter: Partial<TicketFilter>) =>
      /only (.*?) Server/.exec(textOf(chips(filter)))?.[1]
    expect(said({ since: '2026-11-22' })).toBe('Today')
    expect(said({ since: '2026-11-16' })).toBe('Last 7 days')
    expect(said({ since: '2026-11-16', until: '2026-11-20' })).toBe('16 Nov 2026 – 20 Nov 2026')
    expect(said({ since: '2026-11-01', until: '2026-11-01' })).toBe('1 Nov 2026')
    expect(said({ until: '2026-11-01' })).toBe('Until 1 Nov 2026')
    expect(hrefs(chips({ q: 'x' }))).toContain('/northwind/tickets?since=2026-10-24&q=x')
  })
  test('of dates to choose is a form that keeps the rest', () => {
    const [markup] = String(chips({ tool: 'search_docs', q: 'x' })).split('class="list"')
    expect(valuesOf(markup, 'input', 'name')).toEqual(['tool', 'q', 'since', 'until'])
  })
})

test('an unread ticket says so, and one that was opened does not', () => {
  expect(textOf(results())).toContain('Unread: search_docs keeps')
  const rows = [{ ...row, readAt: now }]
  expect(textOf(results({ page: { ...page, rows } }))).not.toContain('Unread: ')
})

test('where a tab has nothing of what is looked for, the others that do are offered', () => {
  const markup = results({ page: noRows, filter: { status: 'open', q: 'zebra' } })
  expect(textOf(markup)).toContain('9 in progress 1,000+ closed')
  expect(hrefs(markup)).toContain('/northwind/tickets?status=closed&q=zebra')
})

test('the list leads to itself as a file, from its first page', () => {
  const filter: TicketFilter = { status: 'closed', q: 'x', before: 9 }
  for (const kind of ['csv', 'jsonl'])
    expect(hrefs(results({ filter }))).toContain(
      `/northwind/tickets/export.${kind}?status=closed&q=x`,
    )
  expect(hrefs(results({ page: noRows })).join()).not.toContain('tickets/export')
})
