import { csvHeader, csvRecord } from '#src/tickets/exporting/csv.ts'
import { type Analytics, type Change, kinds } from './figures.ts'

const columns = [
  'figure',
  'value',
  'version',
  'since',
  'until',
  'tickets',
  'tickets_before',
  'open',
  'in_progress',
  'active',
  'closed',
  'anonymous',
  'anonymous_before',
  'median_close_seconds',
  'median_close_seconds_before',
  'p90_close_seconds',
  'p90_close_seconds_before',
  'name',
] as const
type Line = { [K in (typeof columns)[number]]?: string | number | null }

/**
 * All figures of the page, a line each, with the same columns in all of them. A line is of the
 * range, of a day, or of a value such as a tool; what can't be said of it is empty.
 */
export function analyticsCsv(analytics: Analytics): string {
  const { since, until } = analytics.range
  return [
    csvHeader([...columns]),
    ...linesOf(analytics).map((line) =>
      csvRecord(columns.map((name) => ({ since, until, ...line })[name] ?? null)),
    ),
  ].join('')
}

const seconds = (ms: number | null) => (ms === null ? null : ms / 1000)

function linesOf(analytics: Analytics): Line[] {
  const { total, anonymous, closing, avoided, days, servers, rankings } = analytics
  const { now, before } = closing
  return [
    {
      figure: 'all',
      tickets: total.n,
      tickets_before: total.before,
      closed: now.tickets,
      anonymous: anonymous.n,
      anonymous_before: anonymous.before,
      median_close_seconds: seconds(now.medianMs),
      median_close_seconds_before: seconds(before.medianMs),
      p90_close_seconds: seconds(now.p90Ms),
      p90_close_seconds_before: seconds(before.p90Ms),
    },
    ...(avoided
      ? [
          { figure: 'answered', ...counts(avoided.answered) },
          { figure: 'avoided', ...counts(avoided.avoided) },
          { figure: 'too_recent_to_tell', ...counts(avoided.recent) },
        ]
      : []),
    ...days.map(({ day, inProgress, open, closed, anonymous }) => ({
      figure: 'day',
      since: day,
      until: day,
      tickets: open + inProgress + closed,
      open,
      in_progress: inProgress,
      active: open + inProgress,
      closed,
      anonymous,
    })),
    ...servers.rows.map((server) => ({
      figure: 'server',
      value: server.slug,
      tickets: server.n,
      tickets_before: server.before,
      active: server.active,
      closed: server.closing.tickets,
      median_close_seconds: seconds(server.closing.medianMs),
      p90_close_seconds: seconds(server.closing.p90Ms),
    })),
    rest('server', 'others', servers.others),
    ...kinds.flatMap((kind) => [
      ...rankings[kind].rows.map((row) => ({
        figure: kind,
        value: row.value,
        version: row.version ?? null,
        name: row.name ?? null,
        ...counts(row),
        active: row.active,
      })),
      rest(kind, 'others', rankings[kind].others),
      rest(kind, 'none', rankings[kind].none),
    ]),
  ]
}

/** `tool_others` and `tool_none` are lines of their own, so that no tool can be taken for them. */
const rest = (figure: string, what: string, of: Change): Line => ({
  figure: `${figure}_${what}`,
  ...counts(of),
})

const counts = ({ n, before }: Change) => ({ tickets: n, tickets_before: before })
