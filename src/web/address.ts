import { BlockList, isIP } from 'node:net'

/**
 * The client's address: the peer, or, when the peer is a trusted proxy, the last address in
 * `X-Forwarded-For` that no trusted proxy has.
 */
export function peerAddress(request: Request, peer: string, trusted: string[]): string {
  if (trusted.length === 0) return peer
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

function listOf(trusted: string[]): BlockList {
  const list = new BlockList()
  for (const entry of trusted) {
    const [address = '', prefix] = entry.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (prefix === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(prefix), family)
  }
  return list
}

const has = (list: BlockList, address: string) => {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  return isIP(plain) !== 0 && list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4')
}
