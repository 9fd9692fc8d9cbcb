import { hx } from '#src/lib/html/hx.ts'
import type { Child } from '#src/lib/html/jsx-runtime.ts'
import type { TicketFilter } from '#src/tickets/filter.ts'
import type { Count, Priority, Status } from '#src/tickets/ticket.ts'
import { Toasted } from '#views/parts/toast.tsx'
import { bulkPath, inboxPath, undoPath } from '#views/paths.ts'
import { leftText, priorityNames, statusNames, ticketsText } from '../words.ts'

export type BulkProps = {
  organization: string
  filter: TicketFilter
  chosen: { numbers: number[] } | { filter: TicketFilter }
  setting: { field: 'status'; value: Status } | { field: 'priority'; value: Priority }
  changeId: string
  /** When the tickets were shown, or counted. */
  seenMs: number | null
  /** Tickets that earlier requests have left as they were, since somebody else changed them. */
  left: number
}

/** Asks before many tickets are changed, having counted them; in the layout or in a list. */
export function BulkQuestion(props: BulkProps & { tickets: Count; newest: number | null }) {
  const { organization, filter, chosen, tickets, newest } = props
  if (tickets.n === 0)
    return (
      <div class="page" id="bulk">
        <h1 tabindex="-1">Nothing to change</h1>
        <p class="soft">All of these are {goalOf(props)} already.</p>
        <Back href={inboxPath(organization, filter)}>Back</Back>
      </div>
    )
  const text = `${taskOf(props, tickets)}`
  return (
    <div class="page" id="bulk">
      <h1 tabindex="-1">{text}?</h1>
      <p class="soft">
        {'filter' in chosen
          ? 'All of the list that are not yet; what arrives from now on stays out.'
          : 'Those you chose that are not yet.'}{' '}
        What a colleague changes meanwhile is left as it is. You can undo it within an hour.
      </p>
      <BulkFields {...props} before={newest === null ? null : newest + 1} done={0}>
        {text}
      </BulkFields>
    </div>
  )
}

/** How far it got, and the button to go on. */
export function BulkRest(props: BulkProps & { before: number; done: number }) {
  return (
    <div class="page" id="bulk">
      <h1 tabindex="-1">Not done yet</h1>
      <p class="note made" role="status">
        {ticketsText({ n: props.done, more: false })} so far.{' '}
        {props.left > 0 && `${leftText(props.left)} `}
        Press the button to go on.
      </p>
      <BulkFields {...props} isRest>
        Go on
      </BulkFields>
    </div>
  )
}

/** The answer to htmx when all is done: the question goes, a toast offers the way back. */
export function BulkDone(props: BulkProps & { done: number }) {
  const { organization, changeId, done, left, filter } = props
  const made = done > 0 && `${ticketsText({ n: done, more: false })}: ${goalOf(props)}`
  return (
    <>
      <div id="bulk" />
      <Toasted {...(done > 0 && { undo: undoPath(organization, changeId, { filter }) })}>
        {made || (left === 0 && 'Nothing to change')}
        {made && left > 0 && '. '}
        {left > 0 && leftText(left, !made)}
      </Toasted>
    </>
  )
}

type FieldsProps = BulkProps & {
  before: number | null
  done: number
  /** Whether it goes on with its change; else each time it is sent makes one that can be undone. */
  isRest?: boolean
  children: Child
}

function BulkFields(props: FieldsProps) {
  const { organization, filter, chosen, setting, changeId, before, isRest = false } = props
  const path = bulkPath(organization, filter)
  return (
    <form
      class="stack"
      method="post"
      action={path}
      {...hx({ post: path, target: '#bulk', swap: 'outerHTML' })}
    >
      {'numbers' in chosen ? (
        chosen.numbers.map((number) => <Hidden name="number" value={number} />)
      ) : (
        <Hidden name="all" value={1} />
      )}
      <Hidden name={setting.field} value={setting.value} />
      {isRest && <Hidden name="change" value={changeId} />}
      {before !== null && <Hidden name="before" value={before} />}
      {props.seenMs !== null && <Hidden name="seen" value={props.seenMs} />}
      <Hidden name="done" value={props.done} />
      <Hidden name="left" value={props.left} />
      <div class="actions start">
        <button class="button main-action" type="submit" name="apply" value="1">
          {props.children}
        </button>
        <a class="button" href={inboxPath(organization, filter)}>
          Cancel
        </a>
      </div>
    </form>
  )
}

const Hidden = ({ name, value }: { name: string; value: string | number }) => (
  <input type="hidden" name={name} value={String(value)} />
)

const Back = ({ href, children }: { href: string; children: Child }) => (
  <p>
    <a class="button" href={href}>
      {children}
    </a>
  </p>
)

/** What is to be done: "Close 5,012 tickets". */
function taskOf({ setting: { field, value } }: BulkProps, count: Count): string {
  const tickets = ticketsText(count)
  if (field === 'priority')
    return `Set ${tickets} to ${priorityNames[value].toLowerCase()} priority`
  if (value === 'closed') return `Close ${tickets}`
  if (value === 'spam') return `Move ${tickets} to spam`
  return `Set ${tickets} to ${statusNames[value].toLowerCase()}`
}

/** What they are then: "closed", "of high priority". */
const goalOf = ({ setting: { field, value } }: BulkProps): string =>
  field === 'priority'
    ? `of ${priorityNames[value].toLowerCase()} priority`
    : statusNames[value].toLowerCase()
