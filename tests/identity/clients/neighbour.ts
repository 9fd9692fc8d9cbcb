import { createServer } from '#src/servers/creating.ts'
import type { World } from '../../world.ts'
import { type Issuer, issuerOf } from '../issuers.ts'

/** Another issuer of the same organization. */
export async function neighbourOf({ desk, northwind }: World): Promise<Issuer> {
  const server = { slug: 'neighbour-northwind', key: '', auth: 'platform' as const }
  const made = await createServer(northwind.scope, {
    slug: server.slug,
    name: 'DocuAPI',
    auth: server.auth,
    support: true,
    context: 'off',
  })
  if (!made.ok) throw new Error('no server')
  return issuerOf(desk, server)
}
