import { refine, type TicketFilter } from '#src/tickets/filter.ts'
import { Icon } from '#views/parts/icon.tsx'
import { inboxPath } from '#views/paths.ts'

type ServerFilterProps = {
  organization: string
  filter: TicketFilter
  servers: { slug: string; name: string }[]
}

/** Narrows the list to a server: the chosen one as a chip that takes it away, else a menu. */
export function ServerFilter({ organization, filter, servers }: ServerFilterProps) {
  const to = (server: string | undefined) => inboxPath(organization, refine(filter, { server }))
  if (filter.server)
    return (
      <a class="chip set" href={to(undefined)}>
        <span class="hidden">Stop showing only</span>
        <span class="clip">{filter.server}</span>
        <Icon name="cross" />
      </a>
    )
  if (servers.length < 2) return null
  return (
    <>
      <button class="chip" type="button" popovertarget="server-menu">
        <Icon name="plus" />
        Server
      </button>
      <div class="menu" id="server-menu" popover>
        {servers.map(({ slug, name }) => (
          <a href={to(slug)}>
            <span class="mono clip">{slug}</span>
            <span class="faint clip">{name}</span>
          </a>
        ))}
      </div>
    </>
  )
}
