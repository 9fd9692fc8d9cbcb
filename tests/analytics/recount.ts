import type { AnalyticsFilter } from '#src/analytics/range.ts'
import type { TestOrganization } from '../world.ts'
import { type Countable, whoOf } from './countable.ts'

/** What is asked: days that are both included, in a time zone, and what else tickets must have. */
export type Asked = Omit<AnalyticsFilter, 'days'> & {
  since: string
  until: string
  timeZone: string
}

const dayMs = 86_400_000
const nth = (day: string, n: number) =>
  new Date(Date.parse(day) + n * dayMs).toISOString().slice(0, 10)

const calendars = new Map<string, Intl.DateTimeFormat>()
function dayIn(timeZone: string, ms: number): string {
  const calendar =
    calendars.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
  calendars.set(timeZone, calendar)
  return calendar.format(ms)
}

/** All figures, by reading every ticket one after the other. */
export function recount({ servers }: TestOrganization, all: Countable[], asked: Asked) {
  const { since, until, timeZone, server, tool, category, priority, client } = asked
  const length = (Date.parse(until) - Date.parse(since)) / dayMs + 1
  const dated = all
    .filter(
      (one) =>
        one.status !== 'spam' &&
        (!server || servers[one.server].slug === server) &&
        (!tool || one.tool === tool) &&
        (!category || one.category === category) &&
        (!priority || one.priority === priority) &&
        (!client || one.client === client),
    )
    .map((one) => ({ ...one, day: dayIn(timeZone, one.createdMs) }))
  const of = (from: string, to: string) => dated.filter(({ day }) => day >= from && day <= to)
  const now = of(since, until)
  const before = of(nth(since, -length), nth(since, -1))
  const both = (keep: (one: Countable) => boolean) => ({
    n: now.filter(keep).length,
    before: before.filter(keep).length,
  })
  const parts = Array.from({ length: Math.min(12, length) }, (_, part, at = Math.min(12, length)) =>
    of(
      nth(since, Math.floor((part * length) / at)),
      nth(since, Math.floor(((part + 1) * length) / at) - 1),
    ),
  )

  /** The most frequent values by name, then what is left. */
  const ranking = (nameOf: (one: Countable) => string | null) => {
    const values = new Set([...now, ...before].map(nameOf))
    const counted = [...values]
      .filter((value) => value !== null)
      .map((value) => ({ value, ...both((one) => nameOf(one) === value) }))
      .filter(({ n }) => n > 0)
      .sort((a, b) => b.n - a.n || b.before - a.before || (a.value < b.value ? -1 : 1))
    const named = counted.slice(0, 10).map(({ value, n, before: earlier }) => {
      const active = now.filter((one) => nameOf(one) === value && one.status !== 'closed').length
      return { value, n, before: earlier, active }
    })
    const isNamed = (one: Countable) => named.some(({ value }) => value === nameOf(one))
    return {
      named,
      others: {
        values: counted.length - named.length,
        ...both((one) => nameOf(one) !== null && !isNamed(one)),
      },
      none: both((one) => nameOf(one) === null),
    }
  }

  /** Ties go by the number; each has its course and its name. */
  const causes = () => {
    const { named, ...rest } = ranking((one) =>
      one.cause === null ? null : String(one.cause).padStart(9, '0'),
    )
    return {
      ...rest,
      named: named.map(({ value, ...row }) => {
        const number = Number(value)
        const trend = parts.map((part) => part.filter(({ cause }) => cause === number).length)
        const name = number % 2 === 0 ? `cause ${number}` : `pattern ${number}`
        return { value: String(number), name, trend, ...row }
      }),
    }
  }

  /** After which answers nothing more came; all of them long ago. */
  const avoided = () => {
    const isCounted = (one: Countable) =>
      one.isAnswered && one.cause !== null && one.reporter !== null
    const cameBack = (one: Countable) => {
      const { subject, email } = whoOf(one)
      if (one.againMs !== null && one.againMs > one.answeredMs + 60_000) return true
      return all.some(
        (next) =>
          next.status !== 'spam' &&
          next.server === one.server &&
          next.createdMs > one.createdMs &&
          next.createdMs < one.createdMs + 7 * dayMs &&
          (subject ? whoOf(next).subject === subject : whoOf(next).email === email),
      )
    }
    return {
      answered: both(isCounted),
      avoided: both((one) => isCounted(one) && !cameBack(one)),
      recent: both(() => false),
    }
  }

  return {
    days: Array.from({ length }, (_, at) => {
      const on = of(nth(since, at), nth(since, at))
      const count = (status: string) => on.filter((one) => one.status === status).length
      return {
        day: nth(since, at),
        open: count('open'),
        inProgress: count('in_progress'),
        closed: count('closed'),
        anonymous: on.filter(({ isAnonymous }) => isAnonymous).length,
      }
    }),
    total: both(() => true),
    anonymous: both(({ isAnonymous }) => isAnonymous),
    closing: {
      now: closing(now),
      before: closing(before),
      trend: parts.map((part) => closing(part).medianMs),
    },
    server: ranking((one) => servers[one.server].slug),
    courses: Object.fromEntries(
      [...new Set(now.map((one) => servers[one.server].slug))].map((slug) => {
        const its = (one: Countable) => servers[one.server].slug === slug
        return [
          slug,
          {
            trend: parts.map((part) => part.filter(its).length),
            closing: closing(now.filter(its)),
          },
        ]
      }),
    ),
    cause: causes(),
    avoided: avoided(),
    category: ranking((one) => one.category),
    tool: ranking((one) => one.tool),
    error: ranking((one) => one.error),
    client: ranking((one) => one.client),
    // Versions without a name come last among those that tie.
    version: ranking((one) => one.client && `${one.client} ${one.version ?? '~'}`),
  }
}

function closing(tickets: Countable[]) {
  const took = tickets
    .filter(({ status }) => status === 'closed')
    .map((one) => one.took)
    .sort((a, b) => a - b)
  const at = (share: number) => {
    const place = (took.length - 1) * share
    const [low, high] = [took[Math.floor(place)] ?? 0, took[Math.ceil(place)] ?? 0]
    return Math.round(low + (high - low) * (place - Math.floor(place)))
  }
  return {
    tickets: took.length,
    medianMs: took.length > 0 ? at(0.5) : null,
    p90Ms: took.length > 0 ? at(0.9) : null,
  }
}
