import { hx } from '#src/lib/html/hx.ts'
import { filterFields, refine, searchCharsMax, type TicketFilter } from '#src/tickets/filter.ts'
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
        {filterFields(refine(filter, { q: undefined })).map(([name, text]) => (
          <input type="hidden" name={name} value={text} />
        ))}
        <label class="field">
          <Icon name="search" />
          <span class="hidden">Search tickets</span>
          <input
            type="search"
            name="q"
            value={filter.q ?? ''}
            maxlength={searchCharsMax}
            placeholder="Search titles, words, reporters, tools and errors"
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
