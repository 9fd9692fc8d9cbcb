import {
  type AnalyticsFilter,
  narrowingOf,
  type Range,
  rangeDaysMax,
} from '#src/analytics/range.ts'
import { filterFields, filterOf } from '#src/tickets/filter.ts'
import { analyticsPath } from '#views/paths.ts'

type RangeFormProps = {
  organization: string
  filter: AnalyticsFilter
  range: Range
  today: string
}

/** Days of one's own choice. What else the page is narrowed to goes along. */
export function RangeForm({ organization, filter, range, today }: RangeFormProps) {
  return (
    <form class="range" method="get" action={analyticsPath(organization)}>
      {filterFields(filterOf(narrowingOf(filter))).map(([name, text]) => (
        <input type="hidden" name={name} value={text} />
      ))}
      <label>
        From
        <input class="input" type="date" name="since" value={range.since} max={today} />
      </label>
      <label>
        To
        <input class="input" type="date" name="until" value={range.until} max={today} />
      </label>
      <p class="faint">Both included; {rangeDaysMax} days at most.</p>
      <button class="button" type="submit">
        Show these days
      </button>
    </form>
  )
}
