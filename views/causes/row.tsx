import type { CauseRow } from '#src/causes/cause.ts'
import type { CauseSpan } from '#src/causes/filter.ts'
import { inOrder } from '#src/lib/text.ts'
import { Spark } from '#views/analytics/spark.tsx'
import { Ago } from '#views/parts/ago.tsx'
import { causePath } from '#views/paths.ts'
import { countText } from '#views/tickets/words.ts'
import { Badges } from './badges.tsx'
import { peopleText, titleOf } from './words.ts'

type RowProps = { organization: string; cause: CauseRow; days: CauseSpan; now: Date }

/** A line of the list, which is one link. */
export function Row({ organization, cause, days, now }: RowProps) {
  const { number, name, pattern, tool, serverSlug, n, trend, people, active } = cause
  return (
    <li>
      <div class="about">
        <div class="headline">
          <a
            class={['clip', name === null && 'mono']}
            dir="auto"
            href={causePath(organization, number)}
            title={titleOf(cause)}
          >
            {titleOf(cause)}
          </a>
          <Badges {...cause} />
        </div>
        <div class="meta">
          <span>#{number}</span>
          <bdi class="clip mono">{inOrder(tool)}</bdi>
          <span class="at clip">{serverSlug}</span>
          {name !== null && inOrder(pattern) && (
            <bdi class="clip mono" title={pattern}>
              {inOrder(pattern)}
            </bdi>
          )}
          <span>{peopleText(people)}</span>
          {active.n > 0 && <span>{countText(active)} active</span>}
          <span>
            since <Ago at={cause.firstSeen} now={now} />
          </span>
        </div>
      </div>
      <span class="server tag clip">{serverSlug}</span>
      <Spark values={trend} width={96} height={24} />
      <p class="tickets n">
        <strong>{countText({ n, more: false })}</strong>
        <span class="hidden">
          {n === 1 ? 'ticket' : 'tickets'} in {days} days
        </span>
      </p>
      {cause.lastSeen && (
        <span class="last">
          <span class="hidden">Last seen </span>
          <Ago at={cause.lastSeen} now={now} />
        </span>
      )}
    </li>
  )
}
