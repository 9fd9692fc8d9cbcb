import { describe, expect, test } from 'bun:test'
import { filterQuery, parseFilter, refine } from '#src/tickets/filter.ts'

const parsed = (query: string) => parseFilter(new URLSearchParams(query))
const canonical = (query: string) => filterQuery(parsed(query))
const everything =
  '?status=closed&server=docuapi&tool=search_docs&category=Bug&priority=high&client=Claude+Code' +
  '&error=403+forbidden%E2%80%A6&cause=9&reporter=7&since=2026-11-01&until=2026-11-22&unread=1&q=a+b&before=5'

describe('a filter in the URL', () => {
  test('is canonical: no defaults, no empty parts, one order', () => {
    expect(canonical('')).toBe('')
    expect(canonical('q=&status=active&server=&tool=&unread=')).toBe('')
    expect(canonical(everything)).toBe(everything)
    const parts = everything.slice(1).split('&')
    expect(canonical(parts.toReversed().join('&'))).toBe(everything)
  })

  test('leaves out what makes no sense', () => {
    expect(canonical('status=gone&before=x&after=-1&q=+&reporter=u-1&other=1')).toBe('')
    expect(canonical('priority=huge&unread=yes&since=yesterday&until=2026-02-30')).toBe('')
    expect(canonical(`since=0000-01-01&tool=${'x'.repeat(201)}`)).toBe('')
    expect(canonical('before=5&after=9')).toBe('?before=5')
  })

  test('keeps the spaces of a value that is looked for as it is, and trims what is typed', () => {
    expect(parsed('error=+403+&q=+a+')).toEqual({ status: 'active', error: ' 403 ', q: 'a' })
  })

  test('is text that the database takes, whatever it holds', () => {
    expect(parsed('tool=a%00b')).toEqual({ status: 'active', tool: 'a\uFFFDb' })
  })
})

test('a changed filter begins at its first page, and loses only what is taken away', () => {
  const filter = parsed(everything)
  const changed = filterQuery(
    refine(filter, { tool: undefined, since: undefined, unread: undefined }),
  )
  expect(changed).toBe(
    everything
      .replace(/&before=5/, '')
      .replace(/&tool=[^&]*/, '')
      .replace(/&since=[^&]*/, '')
      .replace('&unread=1', ''),
  )
})
