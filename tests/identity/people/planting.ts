import { newId, newSecret, sha256 } from '#src/lib/ids.ts'
import type { TestOrganization, World } from '../../world.ts'

type Of = { id: string; server: { slug: string } }

/** One more browser that an end-user is signed in with, as its `Cookie` header at the path form. */
export async function plantBrowser(
  { database }: World,
  { scope }: TestOrganization,
  { id, server }: Of,
): Promise<string> {
  const value = newSecret()
  await database.owner`insert into end_user_session
    (organization_id, mcp_server_id, id, token_hash, end_user_id, user_agent, created_at, expires_at)
    select ${scope.organizationId}, id, ${newId()}, ${sha256(value)}, ${id}, 'Test', now(),
           now() + interval '29 days'
      from mcp_server where slug = ${server.slug}`
  return `mcp_obs_user=${value}`
}
