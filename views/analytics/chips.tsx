import type { Analytics, Ranking } from '#src/analytics/figures.ts'
import { type AnalyticsFilter, type Range, spans } from '#src/analytics/range.ts'
import { priorities } from '#src/tickets/ticket.ts'
import { Icon } from '#views/parts/icon.tsx'
import { analyticsPath } from '#views/paths.ts'
import { priorityNames } from '#views/tickets/words.ts'
import { RangeForm } from './range-form.tsx'
import { rangeText } from './words.ts'

export type ChipsProps = {
  organization: string
  filter: AnalyticsFilter
  range: Range
  today: string
  servers: { slug: string }[]
  /** What was counted: its values can be chosen. */
  analytics?: Analytics | undefined
}

/** What the figures are of: the days, and what they are narrowed to. */
export function Chips(props: ChipsProps) {
  const { organization, filter, range, servers, analytics } = props
  const to = (change: { [K in keyof AnalyticsFilter]?: AnalyticsFilter[K] | undefined }) =>
    analyticsPath(organization, { ...filter, ...change } as AnalyticsFilter)
  const named = (ranking: Ranking | undefined) => ranking?.rows.map(({ value }) => value) ?? []
  const rankings = analytics?.rankings
  const parts = [
    { part: 'server', name: 'Server', values: servers.map(({ slug }) => slug) },
    { part: 'category', name: 'Category', values: named(rankings?.category) },
    { part: 'tool', name: 'Tool', values: named(rankings?.tool) },
    { part: 'client', name: 'Client', values: named(rankings?.client) },
    { part: 'priority', name: 'Priority', values: [...priorities] },
  ] as const
  return (
    <div class="chips">
      <button class="chip set" type="button" popovertarget="range-menu">
        <span class="hidden">Days: </span>
        {rangeText(filter, range)}
        <Icon name="down" />
      </button>
      <div class="menu" id="range-menu" popover>
        {spans.map((days) => (
          <a
            href={to({ days: days === 30 ? undefined : days, since: undefined, until: undefined })}
            aria-current={
              !filter.since && !filter.until && range.days === days ? 'true' : undefined
            }
          >
            Last {days} days
          </a>
        ))}
        <RangeForm {...props} />
      </div>
      {parts.map(({ part, name, values }) => {
        const chosen = filter[part]
        if (chosen)
          return (
            <a class="chip set" href={to({ [part]: undefined })}>
              <span class="hidden">Stop showing only {name.toLowerCase()} </span>
              <bdi class="clip">
                {part === 'priority' ? priorityNames[filter.priority ?? 'normal'] : chosen}
              </bdi>
              <Icon name="cross" />
            </a>
          )
        if (values.length < 2) return null
        return (
          <>
            <button class="chip" type="button" popovertarget={`${part}-menu`}>
              <Icon name="plus" />
              {name}
            </button>
            <div class="menu" id={`${part}-menu`} popover>
              {values.map((value) => (
                <a href={to({ [part]: value })}>
                  <bdi class="clip">
                    {part === 'priority'
                      ? priorityNames[value as 'low' | 'normal' | 'high']
                      : value}
                  </bdi>
                </a>
              ))}
            </div>
          </>
        )
      })}
    </div>
  )
}
