import { type Analytics, kinds, quietDays } from '#src/analytics/figures.ts'
import type { AnalyticsFilter, Range } from '#src/analytics/range.ts'
import { assetUrl } from '#src/lib/assets.ts'
import { analyticsCsvPath, analyticsPath } from '#views/paths.ts'
import { Chips } from './chips.tsx'
import { Daily } from './daily.tsx'
import { KeyFigures } from './key-figures.tsx'
import { toInbox } from './links.ts'
import { Missing } from './missing.tsx'
import { RankingCard } from './ranking.tsx'
import { Servers } from './servers.tsx'
import { TimeZone } from './time-zone.tsx'
import { beforeText, rangeText } from './words.ts'

export type AnalyticsPageProps = {
  organization: { slug: string }
  filter: AnalyticsFilter
  range: Range
  today: string
  timeZone: string
  servers: { slug: string; name: string }[]
  hasTicket: boolean
  isOwner: boolean
  /** Missing where they could not be counted in time, or too many ask at once. */
  analytics: Analytics | 'slow' | 'busy'
}

/** What the tickets say together, inside the layout. */
export function AnalyticsPage(props: AnalyticsPageProps) {
  const { organization, filter, range, timeZone, hasTicket, isOwner } = props
  const { slug } = organization
  const analytics = typeof props.analytics === 'string' ? undefined : props.analytics
  const why =
    typeof props.analytics === 'string' ? props.analytics : hasTicket ? 'none' : 'no ticket yet'
  return (
    <div data-address={analyticsPath(slug, filter)}>
      <link rel="stylesheet" href={assetUrl('analytics.css')} />
      <div class="bar">
        <h1 class="grow">Analytics</h1>
        {analytics && (
          <a class="button" href={analyticsCsvPath(slug, filter)}>
            Export CSV
          </a>
        )}
      </div>
      <Chips {...props} organization={slug} analytics={analytics} />
      <div class="figures">
        {analytics && analytics.total.n > 0 ? (
          <Figures {...props} analytics={analytics} />
        ) : (
          <Missing organization={slug} filter={filter} range={range} why={why} />
        )}
        <TimeZone organization={slug} timeZone={timeZone} isOwner={isOwner} />
      </div>
    </div>
  )
}

/** What the figure is, for those whose receipts carry answers. */
const avoidedText = `A ticket is avoided where its receipt carried an answer and the same reporter (a verified person, or else an e-mail address) raised no further ticket at that server within ${quietDays} days, nor that one again once a minute had passed; who was erased or gave neither is not counted, and where the ${quietDays} days are not over it is too recent to tell.`

function Figures({
  organization,
  filter,
  range,
  analytics,
}: AnalyticsPageProps & { analytics: Analytics }) {
  const to = toInbox(organization.slug, filter, range)
  return (
    <>
      <KeyFigures analytics={analytics} />
      <Daily days={analytics.days} to={to} rangeText={rangeText(filter, range)} />
      <div class="pairs">
        {kinds.map((kind) => (
          <RankingCard kind={kind} analytics={analytics} to={to} />
        ))}
      </div>
      <Servers analytics={analytics} to={to} />
      <section class="faint small" aria-label="How this is counted">
        <p>
          All figures are of tickets that arrived in these days, by their state now; spam is in none
          of them. ▲ and ▼ hold them against {beforeText(range)}. Time to close runs from arrival to
          the last closing, of those tickets that are closed. Anonymous reporters gave an e-mail
          address that nobody has checked. {avoidedText} A figure leads to its tickets that are
          still worked on or, where none is, to the closed ones.
        </p>
      </section>
    </>
  )
}
