import type { Database } from '#src/db/database.ts'
import { oauthClient } from '#src/db/schema.ts'
import { inScope } from '#src/db/scope.ts'
import { newId, newSecret, sha256 } from '#src/lib/ids.ts'
import { countAttempt } from '#src/staff/attempts.ts'
import { networkOf } from '#src/web/address.ts'
import type { Issuer } from '../queries.ts'
import { registrationsHere, registrationsPerNetwork } from './limits.ts'
import type { Described } from './metadata.ts'
import { makeRoom } from './room.ts'

export type Registered = { id: string; issuedAt: Date; secret: string | null }

/** Registers a client at a server. Its secret, if its method has one, is known from here only. */
export async function registerClient(
  { scope, ...issuer }: Issuer,
  { name, redirectUris, grantTypes, authMethod }: Described,
  now: Date,
): Promise<Registered> {
  const id = newId()
  const secret = authMethod === 'none' ? null : `cs_${newSecret()}`
  await inScope(scope, async (tx) => {
    await makeRoom(tx, { scope, ...issuer })
    await tx.insert(oauthClient).values({
      organizationId: scope.organizationId,
      mcpServerId: issuer.serverId,
      id,
      name,
      redirectUris,
      grantTypes,
      authMethod,
      secretHash: secret === null ? null : sha256(secret),
      createdAt: now,
    })
  })
  return { id, issuedAt: now, secret }
}

/** Counts a registration before it is looked at: anybody may ask for one. */
export async function countRegistration(
  database: Database,
  { serverId }: Issuer,
  address: string,
): Promise<void> {
  const from = `${serverId} ${networkOf(address)}`
  await countAttempt(database, 'client network', from, registrationsPerNetwork)
  await countAttempt(database, 'client server', serverId, registrationsHere)
}
