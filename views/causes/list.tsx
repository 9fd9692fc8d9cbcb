import type { CausePage } from '#src/causes/cause.ts'
import { type CauseFilter, causePageSize, causeStates, refineCauses } from '#src/causes/filter.ts'
import { assetUrl } from '#src/lib/assets.ts'
import { numberText } from '#views/analytics/words.ts'
import { Icon } from '#views/parts/icon.tsx'
import { Moment } from '#views/parts/moment.tsx'
import { causesPath } from '#views/paths.ts'
import { Chips } from './chips.tsx'
import { Empty } from './empty.tsx'
import { Row } from './row.tsx'
import { stateNames } from './words.ts'

export type CausesProps = {
  organization: { slug: string }
  filter: CauseFilter
  page: CausePage
  servers: { slug: string; name: string }[]
  now: Date
}

/** The causes that most tickets have, inside the layout. */
export function Causes({ organization, filter, page, servers, now }: CausesProps) {
  const { slug } = organization
  const { rows, totals, countedFrom, hasCause } = page
  return (
    <div data-address={causesPath(slug, filter)}>
      <link rel="stylesheet" href={assetUrl('causes.css')} />
      <div class="bar">
        <h1 class="grow">Causes</h1>
      </div>
      {hasCause && (
        <>
          <nav class="tabs" aria-label="State">
            {causeStates.map((state) => (
              <a
                href={causesPath(slug, refineCauses(filter, { state }))}
                aria-current={state === filter.state ? 'page' : undefined}
              >
                {stateNames[state]} <span class="n">{numberText(totals[state])}</span>
              </a>
            ))}
          </nav>
          <Chips organization={slug} filter={filter} servers={servers} />
        </>
      )}
      {rows.length > 0 ? (
        <>
          {/* Each row says it in its own words too. */}
          <p class="causes-head" aria-hidden="true">
            <span>Server</span>
            <span>Trend</span>
            <span>Tickets</span>
            <span>Last seen</span>
          </p>
          <ol class="list causes" aria-label="Causes, most tickets first">
            {rows.map((cause) => (
              <Row organization={slug} cause={cause} days={filter.days} now={now} />
            ))}
          </ol>
        </>
      ) : (
        <Empty organization={slug} filter={filter} page={page} />
      )}
      <Pager organization={slug} filter={filter} page={page} />
      {countedFrom && (
        <p class="pager">
          There were too many tickets to count at once: only those since <Moment at={countedFrom} />{' '}
          are.
        </p>
      )}
    </div>
  )
}

type PagerProps = { organization: string; filter: CauseFilter; page: CausePage }

/** To the causes with more tickets, and to those with fewer. */
function Pager({ organization, filter, page: { rows, totals } }: PagerProps) {
  const at = (page: number) => causesPath(organization, { ...filter, page })
  const before = (filter.page - 1) * causePageSize
  const total = totals[filter.state]
  if (rows.length === 0 || total <= causePageSize) return null
  return (
    <nav class="pager" aria-label="More causes">
      {filter.page > 1 && (
        <a class="button" rel="prev" href={at(filter.page - 1)}>
          <Icon name="newer" />
          More tickets
        </a>
      )}
      {before + rows.length < total && (
        <a class="button" rel="next" href={at(filter.page + 1)}>
          Fewer tickets
          <Icon name="older" />
        </a>
      )}
      <span>
        {numberText(before + 1)}–{numberText(before + rows.length)} of {numberText(total)}
      </span>
    </nav>
  )
}
