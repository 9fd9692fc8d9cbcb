import { newId } from '#src/lib/ids.ts'
import type { TestOrganization, World } from '../world.ts'

type Planted = { number: number; pattern: string; name?: string; tool?: string; server?: string }

/** A cause as its first ticket would make it, at the server that takes claims. */
export async function plantCause(
  { database: { owner } }: World,
  { scope, servers }: TestOrganization,
  { number, pattern, name, tool = 'search_docs', server = servers.external.slug }: Planted,
): Promise<number> {
  await owner`
    insert into cause (organization_id, number, mcp_server_id, fingerprint, tool, pattern, name, created_at)
    select ${scope.organizationId}, ${number}, s.id, ${Buffer.from(newId())}, ${tool}, ${pattern},
           ${name ?? null}, now()
      from mcp_server s where s.organization_id = ${scope.organizationId} and s.slug = ${server}`
  return number
}
