import { safeHref } from '#src/lib/html/url.ts'
import type { Similar } from '#src/tickets/ticket.ts'
import { Icon } from '#views/parts/icon.tsx'
import { causePath, inboxPath } from '#views/paths.ts'
import { causeName, momentText, othersCountText } from './words.ts'

type SimilarProps = { organization: string; similar: Similar }

/** Which others failed in the same way, beside the ticket, and what its reporter was told of it. */
export function SimilarTickets({ organization, similar }: SimilarProps) {
  const { answer, isFixed, cameBack } = similar
  return (
    <details open>
      <summary>
        <h2>Similar tickets</h2>
        <Icon name="older" />
      </summary>
      <Alike organization={organization} similar={similar} />
      <dl>
        <dt>Cause</dt>
        <dd>
          <a class="link tap" href={causePath(organization, similar.number)}>
            {causeName(similar)}
          </a>
        </dd>
        {(isFixed || cameBack) && (
          <>
            <dt>State</dt>
            <dd>{isFixed ? 'Marked fixed' : 'Came back after it was fixed'}</dd>
          </>
        )}
      </dl>
      {answer && <Given answer={answer} />}
    </details>
  )
}

/** What came with the receipt, as it was then. */
const Given = ({ answer: { body, link } }: { answer: NonNullable<Similar['answer']> }) => (
  <>
    <h3 class="given">Its reporter was answered</h3>
    <div class="noted small" dir="auto">
      {body}
      {link && (
        <>
          {'\n'}More:{' '}
          <a class="link tap" href={safeHref(link)} rel="noreferrer">
            {link}
          </a>
        </>
      )}
    </div>
  </>
)

/** "6 others hit search_docs in this way since 08:50 today. Show them" */
function Alike({ organization, similar }: SimilarProps) {
  const { number, others, tool } = similar
  const { active, since, count } = others
  if (!since)
    return (
      <p class="faint small given">
        {count.more
          ? 'Those nearest to it are in spam; there may be others beyond them.'
          : 'No other in the day before it, nor since.'}
      </p>
    )
  return (
    <p class="alike">
      <strong>{othersCountText(others)}</strong> hit <code>{tool}</code> in this way since{' '}
      {momentText(since)}
      {since.isToday && ' today'}.{' '}
      <a
        class="link tap"
        href={inboxPath(organization, { status: active > 0 ? 'active' : 'closed', cause: number })}
      >
        Show them
      </a>
    </p>
  )
}
