import { hx } from '#src/lib/html/hx.ts'
import type { TicketFilter } from '#src/tickets/filter.ts'
import type { Count, Status } from '#src/tickets/ticket.ts'
import { Icon } from '#views/parts/icon.tsx'
import { Key } from '#views/parts/key.tsx'
import { bulkPath } from '#views/paths.ts'
import { StatusIcon } from '../status-icon.tsx'
import { countText, statusNames, titleOf } from '../words.ts'

/** The form that the checkboxes of the rows belong to. */
const form = 'picked'

/** Chooses a row for the bar below. */
export const Pick = ({ number, title }: { number: number; title: string }) => (
  <label class="pick">
    <input type="checkbox" name="number" value={String(number)} form={form} autocomplete="off" />
    <span class="hidden">
      Select #{number}, {titleOf({ title })}
    </span>
  </label>
)

const verbs: [status: Status, verb: string, key?: string][] = [
  ['closed', 'Close', 'e'],
  ['in_progress', statusNames.in_progress, 'p'],
  ['open', statusNames.open, 'o'],
  ['spam', statusNames.spam],
]

type BulkBarProps = { organization: string; filter: TicketFilter; total: Count; now: Date }

/**
 * What is done with the chosen rows, at once and undoable; or with all of the list, which is
 * counted and asked for first. Shown by the style sheet while a row is chosen.
 */
export function BulkBar({ organization, filter, total, now }: BulkBarProps) {
  const path = bulkPath(organization, filter)
  return (
    <section class="bulk" aria-label="Selected tickets">
      <form id={form} method="post" action={path} {...hx({ post: path, swap: 'none' })}>
        {/* Enter on a checkbox presses the first button. */}
        <button type="submit" disabled hidden />
        <input type="hidden" name="apply" value="1" />
        {/* What colleagues change from then on is left alone. */}
        <input type="hidden" name="seen" value={String(now.getTime())} autocomplete="off" />
        <label class="check" data-js hidden>
          <input type="checkbox" id="pick-all" autocomplete="off" />
          This page
        </label>
        <output class="n" id="picked-count">
          Selected
        </output>
        {verbs.map(([status, verb, key]) => (
          <button
            class="button"
            type="submit"
            name="status"
            value={status}
            data-name={statusNames[status]}
            aria-keyshortcuts={key}
          >
            <StatusIcon status={status} />
            {verb}
            {key && <Key name={key} />}
          </button>
        ))}
      </form>
      <button class="button" type="button" popovertarget="all-menu">
        All {countText(total)}
        <Icon name="up" />
      </button>
      <div class="menu" id="all-menu" popover>
        <form
          method="post"
          action={path}
          {...hx({ post: path, target: '#bulk', swap: 'outerHTML' })}
        >
          <input type="hidden" name="all" value="1" />
          {verbs.map(([status, verb]) => (
            <button class="item" type="submit" name="status" value={status}>
              <StatusIcon status={status} />
              {verb} all of this list…
            </button>
          ))}
        </form>
      </div>
      <button class="button bare" type="reset" form={form} aria-label="Select none">
        <Icon name="cross" />
      </button>
    </section>
  )
}
