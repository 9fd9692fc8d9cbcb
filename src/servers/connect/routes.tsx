import { connectionOf } from '#src/servers/issuer/checking.ts'
import { findServer, type McpServer, refusedAttempts } from '#src/servers/queries.ts'
import { framed } from '#src/staff/frame.tsx'
import type { Member } from '#src/staff/who.ts'
import { serverAddress } from '#src/web/host.ts'
import { Problem } from '#src/web/problem.ts'
import { partial } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { ConnectPage } from '#views/servers/connect/page.tsx'
import { ProgressLine } from '#views/servers/connect/progress.tsx'
import { toastFor } from '#views/servers/connect/words.ts'
import { progressOf } from './progress.ts'
import { raisedByStaff } from './reporter.ts'
import { snippetsFor } from './snippets.ts'

/** `GET /{organization}/servers/{server}/connect` */
export const showConnect = async (visit: Visit, member: Member): Promise<Response> =>
  connectPage(visit, member, await serverAt(visit, member))

/**
 * `GET /{organization}/servers/{server}/connect/progress?was=`: the live line alone, which asks
 * again until a ticket is there. `was` is the state it shows: a change is told in a toast too.
 */
export async function showProgress(visit: Visit, member: Member): Promise<Response> {
  const server = await serverAt(visit, member)
  const progress = await progressOf(member.scope, server)
  const was = visit.url.searchParams.get('was')
  const toast = was === progress.state ? undefined : toastFor[progress.state]
  return partial(
    <ProgressLine
      organization={member.organization.slug}
      server={server.slug}
      progress={progress}
      isFirst={was !== null && was !== 'arrived'}
      isOwner={member.role === 'owner'}
      now={new Date()}
    />,
    { headers: { ...(toast && { 'hx-trigger': JSON.stringify({ toast }) }) } },
  )
}

type More = {
  /** A key that was just made: this page is the one that shows it. */
  freshKey?: string
  /** Why a test ticket was refused. */
  problem?: string
  status?: number
}

/** The page, to all members; owners also make keys and test tickets. */
export async function connectPage(
  { desk }: Visit,
  member: Member,
  server: McpServer,
  { status = 200, freshKey, problem }: More = {},
): Promise<Response> {
  const { scope, organization, role, staff } = member
  const { baseUrl } = desk.config
  const address = serverAddress(server.slug, baseUrl)
  // A publishable key vouches for nobody: with it, end-users give an e-mail everywhere.
  const auth = freshKey?.startsWith('pk_') ? 'none' : server.auth
  const [progress, refused] = await Promise.all([
    progressOf(scope, server),
    refusedAttempts(scope, server.id),
  ])
  return framed(
    member,
    { title: `Connect ${server.name}`, active: 'servers', status },
    <ConnectPage
      organization={organization.slug}
      server={{ slug: server.slug, name: server.name }}
      address={address}
      snippets={snippetsFor({
        address,
        freshKey,
        raisedBy: raisedByStaff({ ...server, auth }, staff),
        resource: server.audience,
      })}
      freshKey={freshKey}
      problem={problem}
      connection={connectionOf(scope, server)}
      progress={progress}
      refused={refused}
      isOwner={role === 'owner'}
      now={new Date()}
    />,
  )
}

/** The server that the path names. */
export async function serverAt({ params }: Visit, { scope }: Member): Promise<McpServer> {
  const server = await findServer(scope, params.server ?? '')
  if (!server) throw new Problem('not_found')
  return server
}
