import { type CauseDetail, causeNameCharsMax, standsSince } from '#src/causes/cause.ts'
import { hx } from '#src/lib/html/hx.ts'
import { filterOf } from '#src/tickets/filter.ts'
import { Field } from '#views/parts/field.tsx'
import { bulkPath, causeNamePath, causeStatusPath, inboxPath } from '#views/paths.ts'
import { ticketsText } from '#views/tickets/words.ts'

type ActionsProps = { organization: string; cause: CauseDetail }

/** What is done to a cause, and to its tickets. */
export function Actions({ organization, cause }: ActionsProps) {
  const { number, name, pattern, fixedAt, counts, tickets } = cause
  const active = { n: counts.open + counts.in_progress, more: tickets.more }
  const its = (status: 'active' | 'closed') => filterOf({ status, cause: number })
  const closing = bulkPath(organization, its('active'))
  return (
    <div class="actions start">
      <form method="post" action={causeStatusPath(organization, number)}>
        <input type="hidden" name="was" value={standsSince(cause)} />
        <button
          class={['button', !fixedAt && 'main-action']}
          type="submit"
          name="status"
          value={fixedAt ? 'open' : 'fixed'}
        >
          {fixedAt ? 'Not fixed' : 'Mark fixed'}
        </button>
      </form>
      {active.n > 0 && (
        <form
          method="post"
          action={closing}
          {...hx({ post: closing, target: '#bulk', swap: 'outerHTML' })}
        >
          <input type="hidden" name="all" value="1" />
          <button class="button" type="submit" name="status" value="closed">
            Close its {active.n === 1 && !active.more ? 'ticket' : ticketsText(active)}…
          </button>
        </form>
      )}
      <a class="button" href={inboxPath(organization, its(active.n > 0 ? 'active' : 'closed'))}>
        See its tickets
      </a>
      <button class="button" type="button" popovertarget="name-menu">
        Rename
      </button>
      <div class="menu" id="name-menu" popover>
        <form method="post" action={causeNamePath(organization, number)}>
          <input type="hidden" name="was" value={name ?? ''} />
          <Field
            label="Name for your colleagues"
            name="name"
            value={name ?? ''}
            hint={pattern && 'Empty, it is called by its error.'}
            maxlength={causeNameCharsMax}
            autocomplete="off"
            optional
          />
          <button class="button" type="submit">
            Save
          </button>
        </form>
      </div>
    </div>
  )
}
