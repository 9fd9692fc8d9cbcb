import { describe, expect, test } from 'bun:test'
import type { Analytics, Ranking } from '#src/analytics/figures.ts'
import { rangeOf } from '#src/analytics/range.ts'
import { addDays } from '#src/lib/day.ts'
import { AnalyticsPage } from '#views/analytics/page.tsx'
import { barsOf, ticksTo } from '#views/analytics/scale.ts'
import { daysText } from '#views/analytics/words.ts'
import { elementsOf, skeletonOf, textOf, valuesOf } from './parse.ts'
import { organization, servers } from './props.ts'

const today = '2026-11-22'
const ranking = (value: string): Ranking => ({
  rows: [{ value, version: null, n: 5, before: 4, active: 1 }],
  others: { values: 2, n: 3, before: 0 },
  none: { n: 1, before: 1 },
})

/** Figures of some days that end today, the same each day. */
function figures(days: number, name = 'search_docs'): Analytics {
  const range = { ...rangeOf({}, today), since: addDays(today, 1 - days), days }
  const closing = { tickets: 2 * days, medianMs: 5_400_000, p90Ms: 86_400_000 }
  return {
    range,
    days: Array.from({ length: days }, (_, at) => ({
      day: addDays(range.since, at),
      open: 1,
      inProgress: 0,
      closed: 2,
      anonymous: 1,
    })),
    total: { n: 3 * days, before: 2 * days },
    anonymous: { n: days, before: 0 },
    closing: { now: closing, before: { ...closing, medianMs: 3_600_000 }, trend: [1, null, 3] },
    servers: {
      rows: [{ slug: 'docuapi', name, n: 9, before: 0, active: 0, trend: [1, 2], closing }],
      others: { values: 0, n: 0, before: 0 },
    },
    avoided: {
      answered: { n: 9, before: 4 },
      avoided: { n: 6, before: 4 },
      recent: { n: 1, before: 0 },
    },
    rankings: {
      cause: {
        ...ranking('7'),
        rows: [{ value: '7', name, n: 5, before: 4, active: 1, trend: [1, 4] }],
      },
      tool: ranking(name),
      error: ranking(name),
      category: ranking(name),
      client: ranking(name),
      version: ranking(name),
    },
  }
}

const page = (analytics: Analytics | 'slow' | 'busy', name?: string) => (
  <AnalyticsPage
    organization={organization}
    filter={name ? { tool: name, client: name, category: name } : {}}
    range={typeof analytics === 'string' ? rangeOf({}, today) : analytics.range}
    today={today}
    timeZone={name ?? 'Europe/Berlin'}
    servers={servers}
    hasTicket
    isOwner
    analytics={analytics}
  />
)

describe('the page of figures', () => {
  test('says each figure, and how it changed', () => {
    const text = textOf(page(figures(10)))
    expect(text).toContain('New tickets 30 ▲ up 50% against the 10 days before')
    expect(text).toContain('Median time to close 1 h 30 min ▲ up 30 min longer than the 10 days')
    expect(text).toContain('9 in 10 closed within 1 d unchanged')
    expect(text).toContain('From anonymous reporters 33% ▲ up 33 pts')
    expect(text).toContain('search_docs ▲ up 25% 5')
    expect(text).toContain('2 other tools new 3')
    expect(text).toContain(
      'Tickets avoided 6 of 9 answers, 1 too recent to tell; ▲ up 50% against the 10 days before',
    )
  })

  test('says of answers that they were too many to look at, and nothing where there are none', () => {
    const slow = textOf(page({ ...figures(10), avoided: null }))
    expect(slow).toContain('Tickets avoided – too many answers to look at in time')
    const none = { n: 0, before: 0 }
    const avoided = { answered: none, avoided: none, recent: none }
    expect(textOf(page({ ...figures(10), avoided }))).not.toContain('Tickets avoided')
  })

  test('draws for wide screens and for phones, each drawing with a name and a description', () => {
    const drawings = elementsOf(page(figures(10)))
      .map(({ tag, attributes }) => ({ tag, ...Object.fromEntries(attributes) }))
      .filter((element) => element.tag === 'svg' && 'role' in element)
    expect(drawings).toMatchObject([
      { role: 'img', 'aria-labelledby': 'many-title many-desc', viewbox: '0 0 1120 220' },
      { role: 'img', 'aria-labelledby': 'few-title few-desc', viewbox: '0 0 340 220' },
    ])
    const text = textOf(page(figures(10)))
    expect(text).toContain('New tickets per day, Last 10 days')
    expect(text).toContain('Between 3 and 3, 30 in total.')
  })

  test('draws each part of a bar as tall as its number', () => {
    const rects = elementsOf(page(figures(10)))
      .filter(({ tag }) => tag === 'rect')
      .map(({ attributes }) => Object.fromEntries(attributes))
    const of = (status: string) =>
      rects.filter((rect) => rect.class === status && rect.height !== '8').map(({ y }) => Number(y))
    // From 190 at the foot to 24 at the top: two closed, and on them one open.
    expect(new Set(of('closed'))).toEqual(new Set([79.3]))
    expect(new Set(of('open'))).toEqual(new Set([24]))
    expect(of('in_progress')).toEqual([])
  })

  test('has weeks where there is no room for days', () => {
    const days = figures(365).days
    const bars = barsOf(days, 92)
    expect(bars).toHaveLength(53)
    expect(bars.at(-1)).toEqual({
      since: '2026-11-16',
      until: today,
      open: 7,
      inProgress: 0,
      closed: 14,
    })
    expect(bars.reduce((sum, { open, closed }) => sum + open + closed, 0)).toBe(3 * 365)
    expect(daysText(bars[1] ?? { since: '', until: '' })).toBe('24–30 Nov')
    expect(textOf(page(figures(90)))).toContain('New tickets per day week')
    expect(ticksTo(41)).toEqual([0, 20, 40])
    expect(ticksTo(1)).toEqual([0, 1])
  })

  test('says what to do where there are no figures', () => {
    expect(textOf(page('slow'))).toContain('Choose fewer days or a single server.')
    expect(valuesOf(page('slow'), 'a', 'href')).toContain('/northwind/analytics?days=7')
    expect(textOf(page('busy'))).toContain('Try again in a few seconds.')
    expect(valuesOf(page('busy'), 'a', 'href')).not.toContain('/northwind/analytics.csv')
  })

  test('takes what a stranger wrote as text', () => {
    const harmless = skeletonOf(page(figures(2, 'a'), 'a'))
    for (const hostile of [
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "' autofocus onfocus='alert(1)",
      '</title></svg></select><svg/onload=alert(1)>',
      'javascript:alert(1)',
      '\u0000\u202e\ud800<b>',
    ])
      expect(skeletonOf(page(figures(2, hostile), hostile))).toEqual(harmless)
  })
})
