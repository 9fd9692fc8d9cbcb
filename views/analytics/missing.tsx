import { type AnalyticsFilter, narrowingOf, type Range } from '#src/analytics/range.ts'
import { analyticsPath, serversPath } from '#views/paths.ts'

type MissingProps = {
  organization: string
  filter: AnalyticsFilter
  range: Range
  /** Why there are no figures. */
  why: 'slow' | 'busy' | 'no ticket yet' | 'none'
}

/** Why the page has no figures, and what to do about it. */
export function Missing({ organization, filter, range, why }: MissingProps) {
  if (why === 'no ticket yet')
    return (
      <div class="empty">
        <h2>Figures come with the first ticket</h2>
        <p>
          Then you see here how many arrive each day, how long they take to close, and which
          servers, tools, errors and clients they are about. Each figure leads to its tickets.
        </p>
        <p>
          <a class="button" href={serversPath(organization)}>
            See your servers
          </a>
        </p>
      </div>
    )
  if (why === 'busy')
    return (
      <div class="empty">
        <h2>Others are counting</h2>
        <p>Too many of these pages are asked for at once. Try again in a few seconds.</p>
        <p>
          <a class="button" href={analyticsPath(organization, filter)}>
            Try again
          </a>
        </p>
      </div>
    )
  const narrowing = narrowingOf(filter)
  const isNarrowed = Object.keys(narrowing).length > 0
  const { server: _, category: __, tool: ___, client: ____, priority: _____, ...days } = filter
  return (
    <div class="empty">
      <h2>{why === 'slow' ? 'That was too much to count at once' : 'No ticket in these days'}</h2>
      <p>
        {why === 'slow'
          ? `Your tickets of ${range.days} days, and of as many before them, could not be counted in time. Choose fewer days or a single server.`
          : isNarrowed
            ? 'None that matches arrived then; spam does not count.'
            : 'None arrived then; spam does not count.'}
      </p>
      <p class="actions">
        {why === 'slow' ? (
          <a class="button" href={analyticsPath(organization, { ...narrowing, days: 7 })}>
            Last 7 days
          </a>
        ) : (
          <a class="button" href={analyticsPath(organization, { ...narrowing, days: 365 })}>
            Last 365 days
          </a>
        )}
        {isNarrowed && why === 'none' && (
          <a class="button" href={analyticsPath(organization, days)}>
            Clear filters
          </a>
        )}
      </p>
    </div>
  )
}
