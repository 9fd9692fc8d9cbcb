import { oauthClient } from '#src/db/schema.ts'
import { inScope } from '#src/db/scope.ts'
import { storable } from '#src/lib/text.ts'
import { countAttempt } from '#src/staff/attempts.ts'
import { networkOf } from '#src/web/address.ts'
import { Problem } from '#src/web/problem.ts'
import type { Desk } from '#src/web/route.ts'
import type { Issuer } from '../queries.ts'
import type { Client } from './client.ts'
import { documentAddress, namesDocument } from './documents/address.ts'
import { type Document, type DocumentReader, readerOf } from './documents/reading.ts'
import { unusable } from './documents/unusable.ts'
import { documentsHere, documentsPerNetwork } from './limits.ts'
import { columns, storedClient } from './queries.ts'
import { makeRoom } from './room.ts'
import { isInUse } from './using.ts'

type From = { address?: string; read?: DocumentReader }

/**
 * The client of an id, or null. One that is the address of a metadata document is read from there,
 * and again when it is no longer fresh: an `invalid_client` says why it can't be used, a `too_many`
 * that too many were named. One that somebody is signed in by counts as it is stored then: what
 * others name keeps nobody out. `address` is whose request names it.
 */
export async function findClient(
  desk: Desk,
  issuer: Issuer,
  id: string,
  { address, read = readerOf(desk) }: From = {},
): Promise<Client | null> {
  if (!namesDocument(id)) return storedClient(issuer, storable(id))
  if (desk.config.clientMetadata === 'off') return null
  const url = documentAddress(id, desk.config)
  if (!url) throw unusable('The app’s client_id is not an address that can be read.')
  const stored = await storedClient(issuer, id)
  const now = new Date()
  if (stored?.freshUntil && stored.freshUntil > now) return stored
  const isNew = !stored
  try {
    await countReading(desk, issuer, { address, isNew })
    return await keepClient(issuer, id, await read(id), { now, isNew })
  } catch (thrown) {
    const isTooMany = thrown instanceof Problem && thrown.code === 'too_many'
    if (stored && isTooMany && (await isInUse(issuer, id))) return stored
    throw thrown
  }
}

type Reading = { address: string | undefined; isNew: boolean }

/** Counts a document before it is read, one that is new here at its server too: anybody may name it. */
async function countReading(
  { database }: Desk,
  { serverId }: Issuer,
  { address, isNew }: Reading,
): Promise<void> {
  if (address !== undefined) {
    const from = `${serverId} ${networkOf(address)}`
    await countAttempt(database, 'document network', from, documentsPerNetwork)
  }
  if (isNew) await countAttempt(database, 'document server', serverId, documentsHere)
}

/** Stores what a document says; it keeps when the client came, and when somebody let it in. */
async function keepClient(
  issuer: Issuer,
  id: string,
  { described, freshMs }: Document,
  { now, isNew }: { now: Date; isNew: boolean },
): Promise<Client | null> {
  const { scope, serverId } = issuer
  const said = { ...described, freshUntil: new Date(now.getTime() + freshMs) }
  const [kept] = await inScope(scope, async (tx) => {
    if (isNew) await makeRoom(tx, issuer)
    return tx
      .insert(oauthClient)
      .values({
        organizationId: scope.organizationId,
        mcpServerId: serverId,
        id,
        createdAt: now,
        ...said,
      })
      .onConflictDoUpdate({
        target: [oauthClient.organizationId, oauthClient.mcpServerId, oauthClient.id],
        set: said,
      })
      .returning(columns)
  })
  return kept ?? null
}
