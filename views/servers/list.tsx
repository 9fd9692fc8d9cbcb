import { Ago } from '#views/parts/ago.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { connectPath, inboxPath, newServerPath, serverPath } from '#views/paths.ts'
import { authNames } from './words.ts'

type ListedServer = {
  slug: string
  name: string
  address: string
  auth: keyof typeof authNames
  enabled: boolean
  support: boolean
  liveTickets: number
  sdkSeenAt: Date | null
  sdkVersion: string | null
}

export type ServersPageProps = {
  organization: { slug: string; name: string }
  servers: ListedServer[]
  isOwner: boolean
  now: Date
}

/** The organization's servers, inside the layout. */
export function ServersPage({ organization, servers, isOwner, now }: ServersPageProps) {
  return (
    <div class="page">
      <header class="with-action">
        <div>
          <h1>Servers</h1>
          <p class="soft">
            The MCP servers whose users <bdi>{organization.name}</bdi> supports.
          </p>
        </div>
        {isOwner && servers.length > 0 && (
          <a class="button main-action" href={newServerPath(organization.slug)}>
            <Icon name="plus" />
            Add a server
          </a>
        )}
      </header>
      {servers.length > 0 ? (
        <ul class="people servers" aria-label="Servers">
          {servers.map((server) => (
            <Server organization={organization.slug} server={server} now={now} />
          ))}
        </ul>
      ) : (
        <div class="empty">
          <h2>No server yet</h2>
          <p>Tickets arrive from MCP servers. Each has an address and a key of its own here.</p>
          {isOwner ? (
            <p>
              <a class="button main-action" href={newServerPath(organization.slug)}>
                Add a server
              </a>
            </p>
          ) : (
            <p>An owner of the organization can add one.</p>
          )}
        </div>
      )}
    </div>
  )
}

type ServerProps = { organization: string; server: ListedServer; now: Date }

function Server({ organization, server, now }: ServerProps) {
  const { slug, name, address, auth, enabled, support, liveTickets } = server
  return (
    <li>
      <span class={['dot', enabled && support && 'on']} />
      <div class="grow">
        <p class="title">
          <a class="tap" href={serverPath(organization, slug)}>
            <bdi>{name}</bdi>
          </a>
          {!enabled && <span class="tag bad">disabled</span>}
        </p>
        <p class="faint small mono clip" title={address}>
          {address}
        </p>
        <p class="faint small dotted">
          <span>{authNames[auth]}</span>
          <span>Support {support ? 'on' : 'off'}</span>
          <Seen organization={organization} server={server} now={now} />
        </p>
      </div>
      <a class="button bare n" href={inboxPath(organization, { status: 'active', server: slug })}>
        {liveTickets === 1 ? '1 live ticket' : `${liveTickets} live tickets`}
      </a>
    </li>
  )
}

function Seen({ organization, server: { slug, sdkSeenAt, sdkVersion }, now }: ServerProps) {
  if (!sdkSeenAt)
    return (
      <span>
        SDK not seen yet,{' '}
        <a class="link" href={connectPath(organization, slug)}>
          connect it
        </a>
      </span>
    )
  return (
    <span>
      SDK last seen: <Ago at={sdkSeenAt} now={now} />
      {sdkVersion && (
        <>
          , version <bdi>{sdkVersion}</bdi>
        </>
      )}
    </span>
  )
}
