import { newId, newSecret, sha256 } from '#src/lib/ids.ts'
import type { TestOrganization, TestServer, World } from '../world.ts'

type Given = {
  server?: TestServer
  id?: string
  email?: string
  name?: string
  verified?: boolean
}
export type PlantedEndUser = {
  server: TestServer
  id: string
  email: string
  /** Ids of a client's sign-in, and of a browser's. */
  signIn: string
  browser: string
  /** As an access token names them. */
  reporter: { issuer: string; subject: string; sid: string }
}

/** An account at an organization's platform server, signed in with one client and one browser. */
export async function plantEndUser(
  world: World,
  organization: TestOrganization,
  given: Given = {},
): Promise<PlantedEndUser> {
  const { owner } = world.database
  const { organizationId } = organization.scope
  const {
    server = organization.servers.platform,
    id = newId(),
    email = `${id}@fjord.example`,
    name = 'Ana Lindqvist',
    verified = true,
  } = given
  const [row] = await owner`select id from mcp_server where slug = ${server.slug}`
  const serverId: string = row?.id
  await owner`insert into end_user
    (organization_id, mcp_server_id, id, email, name, email_verified_at, created_at)
    values (${organizationId}, ${serverId}, ${id}, ${email}, ${name},
            ${verified ? new Date() : null}, now())`
  const browser = newId()
  await owner`insert into end_user_session
    (organization_id, mcp_server_id, id, token_hash, end_user_id, user_agent, created_at, expires_at)
    values (${organizationId}, ${serverId}, ${browser}, ${sha256(newSecret())}, ${id},
            'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0', now(), now() + interval '1 day')`
  const signIn = await plantGrant(world, { organizationId, serverId, endUserId: id })
  const issuer = `${world.desk.config.baseUrl.origin}/s/${server.slug}`
  return { server, id, email, signIn, browser, reporter: { issuer, subject: id, sid: signIn } }
}

type Of = { organizationId: string; serverId: string; endUserId: string }

/** One more client that an account has let in. */
export async function plantGrant(world: World, { organizationId, serverId, endUserId }: Of) {
  const { owner } = world.database
  const clientId = `client-of-${endUserId}`
  await owner`insert into oauth_client
    (organization_id, mcp_server_id, id, name, redirect_uris, grant_types, auth_method, created_at)
    values (${organizationId}, ${serverId}, ${clientId}, 'Claude Desktop',
            '{http://127.0.0.1/callback}', '{authorization_code,refresh_token}', 'none', now())
    on conflict do nothing`
  const id = newId()
  await owner`insert into oauth_grant
    (organization_id, mcp_server_id, id, client_id, end_user_id, scope, resource, created_at, expires_at)
    values (${organizationId}, ${serverId}, ${id}, ${clientId}, ${endUserId}, 'support',
            'https://docuapi.example/mcp', now() - interval '1 hour', now() + interval '30 days')`
  return id
}
