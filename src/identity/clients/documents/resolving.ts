import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { isGlobal } from './routable.ts'
import { unreachable } from './unusable.ts'

/** Finds a name's addresses; all that it has. */
export type Resolve = (host: string) => Promise<LookupAddress[]>

export const systemResolve: Resolve = (host) => lookup(host, { all: true })

/**
 * A name's addresses, looked up once, to be connected to as they are. Refused where any of them is
 * not of the internet at large, unless the name is one that may be inside of the network.
 */
export async function addressesOf(
  host: string,
  resolve: Resolve,
  namesInside: string[],
): Promise<LookupAddress[]> {
  const found = await resolve(host).catch(() => [])
  const inside = namesInside.includes(host)
  if (found.length === 0 || !(inside || found.every(({ address }) => isGlobal(address))))
    throw unreachable()
  return found
}
