import type { CauseDetail } from '#src/causes/cause.ts'
import { hx } from '#src/lib/html/hx.ts'
import { inOrder } from '#src/lib/text.ts'
import { Since } from '#views/parts/since.tsx'
import { causePath, inboxPath } from '#views/paths.ts'
import { Actions } from './actions.tsx'
import { Badges } from './badges.tsx'
import { Figures } from './figures.tsx'
import { titleOf } from './words.ts'

type StateProps = { organization: string; cause: CauseDetail; now: Date }

/** How a cause stands. Reads itself again when its tickets were changed on the page. */
export function CauseState(props: StateProps) {
  const { organization, cause, now } = props
  return (
    <div
      class="cause-state"
      id="cause-state"
      {...hx({
        get: causePath(organization, cause.number),
        trigger: 'tickets-changed from:body',
        target: 'this',
        swap: 'outerMorph',
      })}
    >
      <header class="section">
        <h1 id="title" class={cause.name === null ? 'mono' : undefined} dir="auto">
          {titleOf(cause)}
        </h1>
        <About {...props} />
        <Actions organization={organization} cause={cause} />
      </header>
      <Figures cause={cause} now={now} />
    </div>
  )
}

/** Where it happens, and how it stands. */
function About({ organization, cause, now }: StateProps) {
  const { number, name, pattern, tool, serverSlug, serverName, fixedAt, reopenedAt } = cause
  return (
    <>
      {name !== null && inOrder(pattern) && (
        <p class="faint small mono" dir="auto">
          {inOrder(pattern)}
        </p>
      )}
      <p class="stands faint small">
        <span>
          #{number}, <code>{inOrder(tool)}</code> at{' '}
          <a
            class="link tap"
            href={inboxPath(organization, { status: 'active', server: serverSlug })}
            title={serverName}
          >
            {serverSlug}
          </a>
        </span>
        <Badges
          isFixed={fixedAt !== null}
          isAnswered={(cause.answers[0]?.body ?? null) !== null}
          cameBack={reopenedAt !== null}
        />
        {fixedAt && (
          <span>
            Marked fixed <Since at={fixedAt} now={now} />. A ticket raised later reopens it.
          </span>
        )}
        {reopenedAt && (
          <span>
            Was fixed and came back <Since at={reopenedAt} now={now} />.
          </span>
        )}
      </p>
    </>
  )
}
