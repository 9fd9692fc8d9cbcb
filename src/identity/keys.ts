import { type CryptoKey, createLocalJWKSet, type JSONWebKeySet, type JWK } from 'jose'
import { algorithms } from '#sdk/verify/algorithms.ts'
import { limits } from './limits.ts'

/**
 * How many of an issuer's keys (RFC 7517) verify tokens, chosen as the SDK will choose them; or
 * undefined where this is no set of keys.
 */
export async function countKeys(published: Record<string, unknown>): Promise<number | undefined> {
  const set = keySet(published)
  if (!set) return undefined
  const keys = set.jwks().keys.slice(0, limits.keysMax)
  const usable = await Promise.all(keys.map(isUsable))
  return usable.filter(Boolean).length
}

/** A key for encryption, a shared secret, and what is no key at all fit no algorithm. */
async function isUsable(key: JWK): Promise<boolean> {
  const find = createLocalJWKSet({ keys: [key] })
  for (const alg of algorithms) {
    const found = await find({ alg }).catch(() => undefined)
    if (found && isLong(found)) return true
  }
  return false
}

function isLong({ algorithm }: CryptoKey): boolean {
  const { modulusLength } = algorithm as { modulusLength?: number }
  return modulusLength === undefined || modulusLength >= limits.rsaBitsMin
}

function keySet(published: Record<string, unknown>) {
  try {
    return createLocalJWKSet(published as unknown as JSONWebKeySet)
  } catch {
    return undefined
  }
}
