import { describe, expect, test } from 'bun:test'
import { analyticsQuery, parseAnalytics, rangeOf, stretches } from '#src/analytics/range.ts'

const today = '2026-11-22'
const parse = (query: string) => parseAnalytics(new URLSearchParams(query))

describe('a filter in the URL', () => {
  test('is canonical: no defaults, no empty parts, one order', () => {
    const canonical = (query: string) => analyticsQuery(parse(query))
    expect(canonical('days=30')).toBe('')
    expect(canonical('days=31&status=closed&q=x&before=4')).toBe('')
    expect(canonical('days=90&client=Cursor&server=docs&priority=')).toBe(
      '?server=docs&client=Cursor&days=90',
    )
    expect(canonical('until=2026-02-01&days=7&since=2026-01-01&tool=a%20b')).toBe(
      '?tool=a+b&since=2026-01-01&until=2026-02-01',
    )
    expect(canonical('since=2026-02-30&priority=urgent')).toBe('')
  })
})

describe('a range', () => {
  const ends = (query: string) => Object.values(rangeOf(parse(query), today))

  test('is of whole days that end today, held against as many before', () => {
    expect(ends('')).toEqual(['2026-10-24', today, 30, '2026-09-24'])
    expect(ends('days=7')).toEqual(['2026-11-16', today, 7, '2026-11-09'])
  })

  test('may have ends of its own, none of them in days to come', () => {
    expect(ends('since=2026-03-01&until=2026-03-01')).toEqual([
      '2026-03-01',
      '2026-03-01',
      1,
      '2026-02-28',
    ])
    expect(ends('since=2026-11-20')).toEqual(['2026-11-20', today, 3, '2026-11-17'])
    expect(ends('until=2030-01-01')).toEqual(['2026-10-24', today, 30, '2026-09-24'])
    expect(ends('since=2027-01-01&until=2026-11-01')).toEqual([
      '2026-11-01',
      '2026-11-01',
      1,
      '2026-10-31',
    ])
  })

  test('has 366 days at most', () => {
    expect(ends('since=1999-01-01&until=2026-01-01')).toEqual([
      '2025-01-01',
      '2026-01-01',
      366,
      '2024-01-01',
    ])
  })

  test('is parted without a gap', () => {
    for (const days of [1, 7, 12, 13, 30, 365]) {
      const range = rangeOf({ since: '2026-01-01', until: '2026-01-01' }, today)
      const parts = stretches({ ...range, days }, 12)
      expect(parts).toHaveLength(Math.min(12, days))
      expect(parts[0]?.since).toBe('2026-01-01')
      for (const [n, { until }] of parts.slice(0, -1).entries())
        expect(Date.parse(parts[n + 1]?.since ?? '') - Date.parse(until)).toBe(86_400_000)
    }
  })
})
