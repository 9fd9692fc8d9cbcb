import { serverAt } from '#src/servers/connect/routes.tsx'
import type { Member } from '#src/staff/who.ts'
import { Problem } from '#src/web/problem.ts'
import { partial } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { ConnectionLine } from '#views/servers/connection.tsx'
import { askedConnectionOf } from './checking.ts'

/**
 * `GET /{organization}/servers/{server}/issuer`: the line of the settings page that says whether
 * the server's issuer answers. Of a server without one: 404.
 */
export async function showIssuer(visit: Visit, member: Member): Promise<Response> {
  const server = await serverAt(visit, member)
  const connection = await askedConnectionOf(member.scope, server, visit.desk.config.baseUrl)
  if (!connection) throw new Problem('not_found')
  return partial(
    <ConnectionLine
      organization={member.organization.slug}
      server={server.slug}
      connection={connection}
      now={new Date()}
    />,
  )
}
