import { expect, test } from 'bun:test'
import { ago, duration, offset, utc } from '#src/lib/time.ts'

const now = new Date('2026-11-22T09:14:05Z')
const before = (ms: number) => new Date(now.getTime() - ms)
const [s, min, h, d] = [1000, 60_000, 3_600_000, 86_400_000]

test('how long ago is short, and becomes a date after thirty days', () => {
  const cases: [number, string][] = [
    [-h, 'now'],
    [0, 'now'],
    [min - 1, 'now'],
    [min, '1 min'],
    [h - 1, '59 min'],
    [h, '1 h'],
    [d - 1, '23 h'],
    [d, '1 d'],
    [30 * d - 1, '29 d'],
    [30 * d, '23 Oct'],
    [365 * d, '22 Nov 2025'],
    [Number.NaN, ''],
  ]
  for (const [ms, text] of cases) expect(ago(before(ms), now)).toBe(text)
})

test('the exact moment is in UTC', () => {
  expect(utc(now)).toBe('22 Nov 2026, 09:14:05 UTC')
  expect(utc(new Date(Number.NaN))).toBe('')
})

test('an offset reads as a clock', () => {
  const cases: [number, string][] = [
    [0, '0:00'],
    [400, '0:00'],
    [52 * s, '−0:52'],
    [108 * s, '−1:48'],
    [h + 2 * min + 3 * s, '−1:02:03'],
    [-4 * s, '+0:04'],
    [Number.NaN, ''],
  ]
  for (const [ms, text] of cases) expect(offset(before(ms), now)).toBe(text)
})

test('a duration has at most two units', () => {
  const cases: [number, string][] = [
    [0, '0 ms'],
    [41.4, '41 ms'],
    [999.4, '999 ms'],
    [999.6, '1 s'],
    [1240, '1.2 s'],
    [9960, '10 s'],
    [59_400, '59 s'],
    [59_600, '1 min'],
    [108 * s, '1 min 48 s'],
    [h - 1, '1 h'],
    [2 * h + 5 * min, '2 h 5 min'],
    [3 * d, '3 d'],
    [3 * d + 4 * h, '3 d 4 h'],
    [-1, ''],
    [Number.NaN, ''],
    [Number.POSITIVE_INFINITY, ''],
  ]
  for (const [ms, text] of cases) expect(duration(ms)).toBe(text)
})
