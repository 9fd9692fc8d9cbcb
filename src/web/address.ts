import { BlockList, isIP } from 'node:net'

/**
 * The client's address: the peer, or, when the peer is a trusted proxy, the last address in
 * `X-Forwarded-For` that no trusted proxy has.
 */
export function peerAddress(request: Request, peer: string, trusted: string[]): string {
  const proxies = listOf(trusted)
  const hops = (request.headers.get('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim())
  let address = peer
  while (has(proxies, address)) {
    const hop = hops.pop()
    if (!hop || !isIP(hop)) break
    address = hop
  }
  return address
}

/** What limits count by: an address, or the /64 network that a caller of IPv6 has to itself. */
export function networkOf(address: string): string {
  const plain = unmapped(address)
  if (isIP(plain) !== 6) return plain
  const [head = '', tail] = plain.split('::')
  const groups = head ? head.split(':') : []
  const after = tail?.split(':').filter(Boolean) ?? []
  while (tail !== undefined && groups.length + after.length < 8) groups.push('0')
  return [...groups, ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}

const lists = new WeakMap<string[], BlockList>()

function listOf(trusted: string[]): BlockList {
  const known = lists.get(trusted)
  if (known) return known
  const list = new BlockList()
  lists.set(trusted, list)
  for (const entry of trusted) {
    const [address = '', prefix] = entry.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (prefix === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(prefix), family)
  }
  return list
}

const has = (list: BlockList, address: string) => {
  const plain = unmapped(address)
  return isIP(plain) !== 0 && list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4')
}

/** An IPv4 address as it is, also where a listener of IPv6 maps it into its own kind. */
const unmapped = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '')
