import { Results, type ResultsProps } from './results.tsx'
import { Search } from './search.tsx'

/** The inbox, inside the layout. */
export function TicketList(props: ResultsProps) {
  return (
    <>
      <h1 class="hidden">Inbox</h1>
      <Search organization={props.organization.slug} filter={props.filter} />
      <Results {...props} />
    </>
  )
}
