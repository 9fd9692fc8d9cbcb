import { hx } from '#src/lib/html/hx.ts'
import { refine, type TicketFilter } from '#src/tickets/filter.ts'
import type { Offers } from '#src/tickets/offering.ts'
import { inboxPath } from '#views/paths.ts'
import { ChipMenu } from './chip.tsx'
import { causeName } from './words.ts'

type OfferedProps = {
  organization: string
  filter: TicketFilter
  /** Null in the answer to a search: what the page offers stays, and tickets.js adds the words to it. */
  offers: Offers | null
}

/** What occurs in tickets, a menu of each kind that the list is not narrowed by. */
export function Offered({ organization, filter, offers }: OfferedProps) {
  const { tool, error, cause, client, category } = filter
  const choices = (part: 'tool' | 'error' | 'client' | 'category') =>
    (offers?.[part] ?? []).map((value) => ({
      href: inboxPath(organization, refine(filter, { [part]: value })),
      name: value,
    }))
  const causes = (offers?.causes ?? []).map((one) => ({
    href: inboxPath(organization, refine(filter, { cause: one.number })),
    name: causeName(one),
  }))
  return (
    <div class="offers" id="offers" {...hx({ 'morph-skip': '' })}>
      {!tool && <ChipMenu id="tool-menu" name="Tool" choices={choices('tool')} />}
      {!error && <ChipMenu id="error-menu" name="Error" choices={choices('error')} />}
      {!cause && <ChipMenu id="cause-menu" name="Cause" choices={causes} />}
      {!client && <ChipMenu id="client-menu" name="Client" choices={choices('client')} />}
      {!category && <ChipMenu id="category-menu" name="Category" choices={choices('category')} />}
    </div>
  )
}
