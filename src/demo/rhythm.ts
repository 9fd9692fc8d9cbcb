import type { Chance } from './chance.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
export const demoDays = 90

/** Tickets of a weekday, ninety days ago and today. */
const perDay = { first: 2.2, last: 6 }
const weekendShare = 0.25
/** By hour in UTC, where people in Europe and America work. */
const byHour = [2, 1, 1, 1, 1, 2, 5, 9, 12, 13, 12, 9, 8, 11, 13, 13, 12, 10, 8, 6, 5, 4, 3, 2]
const hourMax = Math.max(...byHour)

const isWeekend = (at: Date) => [0, 6].includes(at.getUTCDay())

/** When tickets arrive in the ninety days up to today: more each week, by day, few on weekends. */
export function arrivals(chance: Chance, now: Date): Date[] {
  const today = Math.floor(now.getTime() / dayMs) * dayMs
  const times: Date[] = []
  for (let day = 0; day < demoDays; day++) {
    const from = new Date(today - (demoDays - 1 - day) * dayMs)
    const busy = perDay.first + ((perDay.last - perDay.first) * day) / demoDays
    const expected = busy * chance.between(0.6, 1.4) * (isWeekend(from) ? weekendShare : 1)
    const tickets = Math.floor(expected) + (chance.happens(expected % 1) ? 1 : 0)
    for (let ticket = 0; ticket < tickets; ticket++) times.push(momentOf(chance, from))
  }
  return times
}

/** Within the day that begins at `from`, in an hour that people are up. */
function momentOf(chance: Chance, from: Date): Date {
  for (;;) {
    const at = new Date(Math.floor(from.getTime() + chance.between(0, dayMs)))
    if (chance.happens((byHour[at.getUTCHours()] ?? 0) / hourMax)) return at
  }
}

/** The first moment from `at` on at which the staff work: weekdays from 7 to 18 UTC, mostly. */
export function whenStaffed(chance: Chance, at: Date): Date {
  const isStaffed = !isWeekend(at) && at.getUTCHours() >= 7 && at.getUTCHours() < 18
  if (isStaffed || chance.happens(0.12)) return at
  const morning = new Date(at)
  if (at.getUTCHours() >= 7) morning.setUTCDate(at.getUTCDate() + 1)
  while (isWeekend(morning)) morning.setUTCDate(morning.getUTCDate() + 1)
  morning.setUTCHours(7, 0, 0, 0)
  return new Date(morning.getTime() + Math.floor(chance.between(5, 150) * 60_000))
}
