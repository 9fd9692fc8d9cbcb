import { hx } from '#src/lib/html/hx.ts'
import { searchCharsMax, type TicketFilter } from '#src/tickets/filter.ts'
import { Icon } from '#views/parts/icon.tsx'
import { Key } from '#views/parts/key.tsx'
import { inboxPath } from '#views/paths.ts'

type SearchProps = { organization: string; filter: TicketFilter }

/** Searches while one types; without JavaScript on Enter. The other parts of the filter stay. */
export function Search({ organization, filter }: SearchProps) {
  const path = inboxPath(organization)
  return (
    <search class="bar">
      <form
        method="get"
        action={path}
        {...hx({
          get: path,
          trigger: 'input delay:200ms, submit',
          target: '#results',
          swap: 'outerMorph',
          sync: 'this:replace',
          indicator: '#results',
        })}
      >
        {filter.status !== 'active' && <input type="hidden" name="status" value={filter.status} />}
        {filter.server && <input type="hidden" name="server" value={filter.server} />}
        {filter.reporter && <input type="hidden" name="reporter" value={String(filter.reporter)} />}
        <label class="field">
          <Icon name="search" />
          <span class="hidden">Search tickets</span>
          <input
            type="search"
            name="q"
            value={filter.q ?? ''}
            maxlength={searchCharsMax}
            placeholder="Search titles and reporters"
            autocomplete="off"
            aria-keyshortcuts="/"
          />
          <Key name="/" />
        </label>
        <button class="hidden" type="submit">
          Search
        </button>
      </form>
    </search>
  )
}
