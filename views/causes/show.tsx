import type { CauseDetail } from '#src/causes/cause.ts'
import { assetUrl } from '#src/lib/assets.ts'
import { filterOf, valueCharsMax } from '#src/tickets/filter.ts'
import { Daily } from '#views/analytics/daily.tsx'
import { stateOf } from '#views/analytics/links.ts'
import { totalOf } from '#views/analytics/scale.ts'
import { Icon } from '#views/parts/icon.tsx'
import { causePath, causesPath, inboxPath } from '#views/paths.ts'
import { Answer, type AnswerProps } from './answer.tsx'
import { History } from './history.tsx'
import { Errors, Newest } from './samples.tsx'
import { Shares } from './shares.tsx'
import { CauseState } from './state.tsx'

export type CauseShowProps = Pick<AnswerProps, 'typed' | 'preview' | 'problems'> & {
  organization: { slug: string }
  cause: CauseDetail
  /** What somebody else changed meanwhile, where a form came too late. */
  conflict?: 'name' | 'state' | 'answer' | undefined
  now: Date
}

/** A cause, inside the layout: how much of it there is, and what the next ones are told. */
export function CauseShow(props: CauseShowProps) {
  const { organization, cause, conflict, now } = props
  const { number, answers, sample, days } = cause
  const { slug } = organization
  const of = { organization: slug, cause, now }
  const its = (more: Partial<Parameters<typeof filterOf>[0]>) =>
    inboxPath(slug, filterOf({ cause: number, ...more }))
  const active = cause.counts.open + cause.counts.in_progress
  return (
    <div data-address={causePath(slug, number)}>
      <link rel="stylesheet" href={assetUrl('analytics.css')} />
      <link rel="stylesheet" href={assetUrl('causes.css')} />
      <div class="bar">
        <a class="button bare" href={causesPath(slug)} aria-keyshortcuts="u">
          <Icon name="back" />
          Causes
        </a>
      </div>
      <div class="asked">
        <div id="bulk" />
      </div>
      <article class="figures" aria-labelledby="title">
        {conflict === 'name' && (
          <p class="note made" role="alert">
            Somebody renamed this meanwhile. Nothing was changed now: look at its name again.
          </p>
        )}
        {conflict === 'state' && (
          <p class="note made" role="alert">
            It was fixed or came back meanwhile. Nothing was changed now: look at how it stands.
          </p>
        )}
        <CauseState {...of} />
        <Answer
          {...props}
          {...of}
          number={number}
          answers={answers}
          isLate={conflict === 'answer'}
        />
        {days.some((day) => totalOf(day) > 0) && (
          <Daily days={days} to={its} rangeText={`Last ${days.length} days`} />
        )}
        <div class="pairs">
          <Newest {...of} />
          <Errors {...of} />
        </div>
        {sample.tickets > 0 && (
          <div class="pairs">
            <Shares
              id="clients-title"
              title="Clients"
              shares={sample.clients}
              tickets={sample.tickets}
              none="Not known"
              to={({ value }) =>
                value && value.length <= valueCharsMax
                  ? its({ client: value, status: stateOf({ active }) })
                  : null
              }
            />
            <Shares
              id="versions-title"
              title="Versions of the server"
              shares={sample.serverVersions}
              tickets={sample.tickets}
              none="Not known"
            />
          </div>
        )}
        <History {...of} events={cause.events} firstSeen={cause.firstSeen} />
      </article>
    </div>
  )
}
