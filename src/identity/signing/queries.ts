import { and, asc, eq } from 'drizzle-orm'
import { calculateJwkThumbprint } from 'jose'
import { z } from 'zod'
import { signingKey } from '#src/db/schema.ts'
import { inScope } from '#src/db/scope.ts'
import type { Issuer } from '../queries.ts'
import type { Turn } from './schedule.ts'
import { isSealedFor } from './sealing.ts'

/** What everybody may know of a key for ES256 (RFC 7518 6.2.1). */
export type PublicKey = z.infer<typeof coordinates> & { kid: string; alg: 'ES256'; use: 'sig' }

const coordinates = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
})

/** A server's key pair, as it is stored: whether this desk can sign with it is not known yet. */
export type SigningKey = Turn & { publicKey: PublicKey; sealed: string }

/** A server's keys, and the number of the last, be it of use or not. */
export type Ring = { keys: SigningKey[]; lastGeneration: number }

/** Keys that a server may have: a row that was another server's, or was changed, is none. */
export async function readRing(issuer: Issuer): Promise<Ring> {
  const { scope, serverId } = issuer
  const rows = await inScope(scope, (tx) =>
    tx
      .select({
        generation: signingKey.generation,
        createdAt: signingKey.createdAt,
        publicKey: signingKey.publicKey,
        sealed: signingKey.privateKey,
      })
      .from(signingKey)
      .where(
        and(
          eq(signingKey.organizationId, scope.organizationId),
          eq(signingKey.mcpServerId, serverId),
        ),
      )
      .orderBy(asc(signingKey.generation)),
  )
  const keys = await Promise.all(
    rows.map(async (row): Promise<SigningKey[]> => {
      const publicKey = await publicPart(row.publicKey)
      const isOwn = publicKey && isSealedFor(issuer, publicKey.kid, row.sealed)
      return isOwn ? [{ ...row, publicKey }] : []
    }),
  )
  return { keys: keys.flat(), lastGeneration: rows.at(-1)?.generation ?? 0 }
}

/** The public part of a key, named by its thumbprint (RFC 7638); null where it is no such key. */
export async function publicPart(key: unknown): Promise<PublicKey | null> {
  const { data } = coordinates.safeParse(key)
  if (!data) return null
  return { ...data, kid: await calculateJwkThumbprint(data), alg: 'ES256', use: 'sig' }
}
