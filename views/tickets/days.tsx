import { addDays, dayText } from '#src/lib/day.ts'
import { filterFields, refine, type TicketFilter } from '#src/tickets/filter.ts'
import { inboxPath } from '#views/paths.ts'
import { ChipPopover } from './chip.tsx'

/** Days before today that are offered. */
const presets: [name: string, daysBefore: number][] = [
  ['Today', 0],
  ['Last 7 days', 6],
  ['Last 30 days', 29],
]

/** The days of a filter in words, as they were offered where they were. */
export function daysText(
  { since, until }: Pick<TicketFilter, 'since' | 'until'>,
  today: string,
): string {
  const [preset] = presets.find(([, before]) => since === addDays(today, -before)) ?? []
  if (preset && !until) return preset
  if (!since) return `Until ${dayText(until ?? '')}`
  if (!until) return `Since ${dayText(since)}`
  return since === until ? dayText(since) : `${dayText(since)} – ${dayText(until)}`
}

type DateMenuProps = { organization: string; filter: TicketFilter; today: string }

/** Days to choose: some at once, any by their dates. They are the organization's own. */
export function DateMenu({ organization, filter, today }: DateMenuProps) {
  return (
    <ChipPopover id="date-menu" name="Date">
      {presets.map(([name, before]) => (
        <a href={inboxPath(organization, refine(filter, { since: addDays(today, -before) }))}>
          {name}
        </a>
      ))}
      <form method="get" action={inboxPath(organization)}>
        {filterFields(refine(filter, { since: undefined, until: undefined })).map(
          ([name, text]) => (
            <input type="hidden" name={name} value={text} />
          ),
        )}
        <label class="labelled">
          From
          <input class="input" type="date" name="since" max={today} />
        </label>
        <label class="labelled">
          To
          <input class="input" type="date" name="until" max={today} />
        </label>
        <button class="button" type="submit">
          Show
        </button>
      </form>
    </ChipPopover>
  )
}
