import type { EndUserFilter } from '#src/servers/end-users/filter.ts'
import { endUserSearchCharsMax } from '#src/servers/limits.ts'
import { Icon } from '#views/parts/icon.tsx'
import { Initials } from '#views/parts/initials.tsx'
import { Moment } from '#views/parts/moment.tsx'
import { endUserPath, endUsersPath, serverPath } from '#views/paths.ts'

export type ShownEndUser = {
  id: string
  email: string
  name: string
  emailVerifiedAt: Date | null
  createdAt: Date
}

export type EndUsersPageProps = {
  organization: string
  server: { slug: string; name: string }
  /** Of the server, before their pages. */
  address: string
  filter: EndUserFilter
  rows: ShownEndUser[]
  /** Cursor of the next page. */
  older: string | null
}

/** Who signs in at a server by the desk, inside the layout. */
export function EndUsersPage(props: EndUsersPageProps) {
  const { organization, server, filter, rows, older } = props
  const path = endUsersPath(organization, server.slug)
  const isWhole = !filter.q && !filter.before
  return (
    <div class="page" data-address={endUsersPath(organization, server.slug, filter)}>
      <header>
        <p class="small">
          <a class="link tap" href={serverPath(organization, server.slug)}>
            <bdi>{server.name}</bdi>
          </a>
        </p>
        <h1>End-users</h1>
        <p class="soft">Who signs in at this server by the desk. They are nobody at another one.</p>
      </header>
      {!(isWhole && rows.length === 0) && <Search path={path} q={filter.q} />}
      {rows.length > 0 ? (
        <ul class="people" aria-label="End-users">
          {rows.map((endUser) => (
            <Row href={endUserPath(organization, server.slug, endUser.id)} endUser={endUser} />
          ))}
        </ul>
      ) : (
        <Empty {...props} />
      )}
      {(filter.before || older) && (
        <nav class="pager" aria-label="More end-users">
          {filter.before && (
            <a class="button" href={endUsersPath(organization, server.slug, { q: filter.q })}>
              <Icon name="newer" />
              Newest
            </a>
          )}
          {older && (
            <a
              class="button"
              rel="next"
              href={endUsersPath(organization, server.slug, { q: filter.q, before: older })}
            >
              Older
              <Icon name="older" />
            </a>
          )}
        </nav>
      )}
    </div>
  )
}

function Search({ path, q }: { path: string; q: string | undefined }) {
  return (
    <search>
      <form class="row" method="get" action={path}>
        <label class="field grow">
          <Icon name="search" />
          <span class="hidden">Search end-users</span>
          <input
            type="search"
            name="q"
            value={q ?? ''}
            maxlength={endUserSearchCharsMax}
            placeholder="E-mail or name begins with"
            autocomplete="off"
          />
        </label>
        <button class="button" type="submit">
          Search
        </button>
      </form>
    </search>
  )
}

function Row({ href, endUser }: { href: string; endUser: ShownEndUser }) {
  const { email, name, emailVerifiedAt, createdAt } = endUser
  return (
    <li>
      <Initials name={name || email} />
      <div class="grow">
        <p class="clip">
          <a class="link tap" href={href}>
            <bdi>{name || email}</bdi>
          </a>
        </p>
        <p class="faint small clip">
          <bdi>{email}</bdi>
        </p>
      </div>
      {!emailVerifiedAt && <span class="tag">not verified</span>}
      <span class="faint small">
        Since <Moment at={createdAt} />
      </span>
    </li>
  )
}

function Empty({ address, filter, organization, server }: EndUsersPageProps) {
  if (filter.q || filter.before)
    return (
      <div class="empty">
        <h2>Nobody here</h2>
        <p>
          {filter.q ? (
            <>
              No e-mail address and no name begins with “<bdi>{filter.q}</bdi>”.
            </>
          ) : (
            'There are no older ones.'
          )}
        </p>
        <p>
          <a class="button" href={endUsersPath(organization, server.slug)}>
            Show all
          </a>
        </p>
      </div>
    )
  return (
    <div class="empty">
      <h2>Nobody has signed up yet</h2>
      <p>
        End-users are sent here by their AI client when they connect your MCP server, and sign up at{' '}
        <code>{address}/sign-up</code>.
      </p>
    </div>
  )
}
