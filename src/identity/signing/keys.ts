import type { CryptoKey } from 'jose'
import type { Desk } from '#src/web/route.ts'
import type { Issuer } from '../queries.ts'
import { encryptionKey } from '../secret-key.ts'
import { createCache } from './cache.ts'
import { makeKey } from './making.ts'
import { type PublicKey, type Ring, readRing, type SigningKey } from './queries.ts'
import { isDue, publishedOf, signerOf } from './schedule.ts'
import { unseal } from './sealing.ts'

/** What a desk keeps of its servers' keys: by server, so that one never finds another's. */
type Kept = {
  rings: ReturnType<typeof createCache<{ ring: Ring; at: number }>>
  opened: ReturnType<typeof createCache<CryptoKey | null>>
}

const serversMax = 1_000
const ringKeptMs = 60_000
const triesMax = 3
const desks = new WeakMap<Desk, Kept>()

/** The key to sign with now; made where there is none, with a successor where it is old. */
export async function signingKeyOf(desk: Desk, issuer: Issuer, now: Date) {
  let ring = await ringOf(desk, issuer, now)
  for (let tries = 0; tries < triesMax; tries++) {
    const signer = await chooseSigner(desk, issuer, ring, now)
    if (signer && (tries > 0 || !isDue(ring.keys, now))) return signer
    await makeKey(issuer, ring.lastGeneration + 1, await encryptionKey(desk.config), now)
    ring = await renew(desk, issuer, now)
  }
  throw new Error('Other desks make signing keys with other secret keys, again and again.')
}

/** The keys that verify this server's tokens, as they are stored; the first is made when asked for. */
export async function publishedKeys(desk: Desk, issuer: Issuer, now: Date): Promise<PublicKey[]> {
  const { keys } = await renew(desk, issuer, now)
  const published = publishedOf(keys, now)
  if (published.length > 0) return published.map(({ publicKey }) => publicKey)
  await signingKeyOf(desk, issuer, now)
  return (await ringOf(desk, issuer, now)).keys.map(({ publicKey }) => publicKey)
}

/** The published key of a name, be it new since this desk looked. */
export async function verifyingKey(desk: Desk, issuer: Issuer, kid: string, now: Date) {
  const named = ({ keys }: Ring) =>
    publishedOf(keys, now).find(({ publicKey }) => publicKey.kid === kid)
  const key = named(await ringOf(desk, issuer, now)) ?? named(await renew(desk, issuer, now))
  return key?.publicKey
}

async function chooseSigner(desk: Desk, issuer: Issuer, { keys }: Ring, now: Date) {
  const opened = await Promise.all(
    keys.map(async (key) => {
      const privateKey = await open(desk, issuer, key)
      return privateKey ? [{ ...key, privateKey }] : []
    }),
  )
  return signerOf(keys, opened.flat(), now)
}

async function open(desk: Desk, issuer: Issuer, { publicKey: { kid }, sealed }: SigningKey) {
  const name = `${nameOf(issuer)}/${kid}`
  const known = keptBy(desk).opened.get(name)
  if (known !== undefined) return known
  const key = await unseal(issuer, kid, sealed, await encryptionKey(desk.config))
  if (!key)
    desk.log('error', 'a signing key was made with another secret key, and is left alone', { kid })
  return keptBy(desk).opened.put(name, key)
}

async function ringOf(desk: Desk, issuer: Issuer, now: Date): Promise<Ring> {
  const kept = keptBy(desk).rings.get(nameOf(issuer))
  const isFresh = kept && Math.abs(now.getTime() - kept.at) < ringKeptMs
  return isFresh ? kept.ring : renew(desk, issuer, now)
}

async function renew(desk: Desk, issuer: Issuer, now: Date): Promise<Ring> {
  const ring = await readRing(issuer)
  keptBy(desk).rings.put(nameOf(issuer), { ring, at: now.getTime() })
  return ring
}

const nameOf = ({ scope, serverId }: Issuer) => `${scope.organizationId}/${serverId}`

function keptBy(desk: Desk): Kept {
  const kept = desks.get(desk) ?? {
    rings: createCache(serversMax),
    opened: createCache(2 * serversMax),
  }
  desks.set(desk, kept)
  return kept
}
