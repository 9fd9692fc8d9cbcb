import { BlockList, isIP } from 'node:net'

/**
 * What the IANA IPv4 Special-Purpose Address Registry (RFC 6890) says is not globally reachable,
 * what it deprecated, and multicast (RFC 5771).
 */
const special4 = blocked('ipv4', [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  // Azure's services for the machine itself, at an address that looks like anybody's.
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
])

/** All that is assigned as global unicast (RFC 4291); translated and mapped IPv4 lies outside of it. */
const global6 = blocked('ipv6', ['2000::/3'])

/** What is special inside of it: Teredo and other protocols, documentation, 6to4. */
const special6 = blocked('ipv6', ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'])

/** Whether an address is of the internet at large: not of this machine, this network, or of no one. */
export function isGlobal(address: string): boolean {
  if (isIP(address) === 4) return !special4.check(address, 'ipv4')
  return (
    isIP(address) === 6 &&
    !address.includes('%') &&
    !/\.|^::ffff:/i.test(address) &&
    global6.check(address, 'ipv6') &&
    !special6.check(address, 'ipv6')
  )
}

function blocked(family: 'ipv4' | 'ipv6', subnets: string[]): BlockList {
  const list = new BlockList()
  for (const subnet of subnets) {
    const [network = '', bits] = subnet.split('/')
    list.addSubnet(network, Number(bits), family)
  }
  return list
}
