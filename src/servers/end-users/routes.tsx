import { grantsOf } from '#src/identity/grants/queries.ts'
import { revokeGrant } from '#src/identity/grants/revoking.ts'
import { inOrder } from '#src/lib/text.ts'
import { serverAt } from '#src/servers/connect/routes.tsx'
import type { McpServer } from '#src/servers/queries.ts'
import { framed } from '#src/staff/frame.tsx'
import { browserName } from '#src/staff/profile/browser.ts'
import type { Member } from '#src/staff/who.ts'
import { serverAddress } from '#src/web/host.ts'
import { Problem } from '#src/web/problem.ts'
import { redirect } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { endUserPath, endUsersPath } from '#views/paths.ts'
import { EndUsersPage } from '#views/servers/end-users/list.tsx'
import { EndUserPage } from '#views/servers/end-users/show.tsx'
import { deleteEndUser } from './deleting.ts'
import { endAll, endSession } from './ending.ts'
import { parseFilter } from './filter.ts'
import { findEndUser, listEndUsers, sessionsOf, ticketsOf } from './queries.ts'

/** `GET /{organization}/servers/{server}/end-users?q=&before=` */
export async function showEndUsers(visit: Visit, member: Member): Promise<Response> {
  const server = await issuerAt(visit, member)
  const filter = parseFilter(visit.url.searchParams)
  const found = await listEndUsers(member.scope, server.id, filter)
  return framed(
    member,
    { title: `End-users of ${server.name}`, active: 'servers' },
    <EndUsersPage
      {...found}
      organization={member.organization.slug}
      server={{ slug: server.slug, name: server.name }}
      address={addressOf(visit, server)}
      filter={filter}
    />,
  )
}

/** `GET /{organization}/servers/{server}/end-users/{endUser}` */
export async function showEndUser(visit: Visit, member: Member): Promise<Response> {
  const { server, endUser } = await endUserAt(visit, member)
  const { scope, organization, role } = member
  const issuer = addressOf(visit, server)
  const [clients, sessions, tickets] = await Promise.all([
    grantsOf(scope, server.id, endUser.id),
    sessionsOf(scope, server.id, endUser.id),
    ticketsOf(scope, { issuer, subject: endUser.id }),
  ])
  return framed(
    member,
    { title: endUser.name || endUser.email, active: 'servers' },
    <EndUserPage
      organization={organization.slug}
      server={{ slug: server.slug, name: server.name }}
      endUser={endUser}
      clients={clients.map((client) => ({ ...client, clientName: inOrder(client.clientName) }))}
      browsers={sessions.map(({ userAgent, ...session }) => ({
        ...session,
        name: browserName(userAgent),
      }))}
      tickets={tickets}
      isOwner={role === 'owner'}
      now={new Date()}
    />,
  )
}

/** `POST …/end-users/{endUser}/sign-ins/{signIn}/removal`: ends a client's, with its tokens. */
export async function endSignIn(visit: Visit, by: Member): Promise<Response> {
  const { server, endUser } = await endUserAt(visit, by)
  const ended = await revokeGrant(by.scope, server.id, endUser.id, visit.params.signIn ?? '')
  if (!ended) throw new Problem('not_found')
  return redirect(endUserPath(by.organization.slug, server.slug, endUser.id))
}

/** `POST …/end-users/{endUser}/browsers/{browser}/removal`: signs them out there. */
export async function endBrowser(visit: Visit, by: Member): Promise<Response> {
  const { server, endUser } = await endUserAt(visit, by)
  const ended = await endSession(by.scope, server.id, endUser.id, visit.params.browser ?? '')
  if (!ended) throw new Problem('not_found')
  return redirect(endUserPath(by.organization.slug, server.slug, endUser.id))
}

/** `POST …/end-users/{endUser}/sign-ins/removal`: ends them all, in clients and browsers. */
export async function endSignIns(visit: Visit, by: Member): Promise<Response> {
  const { server, endUser } = await endUserAt(visit, by)
  await endAll(by.scope, server.id, endUser.id)
  return redirect(endUserPath(by.organization.slug, server.slug, endUser.id))
}

/** `POST …/end-users/{endUser}/removal`: deletes the account. Its tickets stay. */
export async function removeEndUser(visit: Visit, by: Member): Promise<Response> {
  const { server, endUser } = await endUserAt(visit, by)
  await deleteEndUser(by.scope, server.id, endUser.id)
  return redirect(endUsersPath(by.organization.slug, server.slug))
}

/** The server that the path names, if the desk signs its end-users in. */
async function issuerAt(visit: Visit, member: Member): Promise<McpServer> {
  const server = await serverAt(visit, member)
  if (server.auth !== 'platform') throw new Problem('not_found')
  return server
}

async function endUserAt(visit: Visit, member: Member) {
  const server = await issuerAt(visit, member)
  const endUser = await findEndUser(member.scope, server.id, visit.params.endUser ?? '')
  if (!endUser) throw new Problem('not_found')
  return { server, endUser }
}

const addressOf = ({ desk }: Visit, { slug }: McpServer) => serverAddress(slug, desk.config.baseUrl)
