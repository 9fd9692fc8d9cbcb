import type { Desk } from '#src/web/route.ts'
import { shakesHands } from './documents/handshaking.ts'
import { limits as defaults, type Limits } from './documents/limits.ts'
import { addressesOf, type Resolve, systemResolve } from './documents/resolving.ts'
import { before } from './documents/waiting.ts'

/**
 * Where it is tried. Those who ask are MCP clients, and this is the site of their protocol: the one
 * name that belongs to none of their makers, and that all of them can be expected to reach.
 */
const knownHost = 'modelcontextprotocol.io'

type Options = {
  resolve?: Resolve
  port?: number
  ca?: string
  namesInside?: string[]
  limits?: Limits
}

/**
 * Whether the internet can be reached, by a TLS handshake in which nothing is sent. It is tried when
 * somebody asks, at most once an hour; meanwhile the last answer stands.
 */
export function createOutbound(options: Options = {}): () => Promise<boolean> {
  const { limits = defaults } = options
  let last: { answer: boolean; at: number } | undefined
  let trying: Promise<boolean> | undefined
  const attempt = async () => {
    const answer = await tryOutbound(options)
    last = { answer, at: performance.now() }
    trying = undefined
    return answer
  }
  return async () => {
    if (!last || performance.now() - last.at >= limits.triedEveryMs) trying ??= attempt()
    return last?.answer ?? trying ?? false
  }
}

async function tryOutbound(options: Options): Promise<boolean> {
  const { resolve = systemResolve, port = 443, ca, namesInside = [], limits = defaults } = options
  const signal = AbortSignal.timeout(limits.tryMs)
  const tried = addressesOf(knownHost, resolve, namesInside).then((addresses) =>
    shakesHands(knownHost, { addresses, port, ca, signal }),
  )
  return before(signal, tried).catch(() => false)
}

const outbounds = new WeakMap<Desk, () => Promise<boolean>>()

/**
 * Whether clients may be known by metadata documents here, which the desk has to reach: as it is
 * set, and where that is `auto`, where hosts inside of the network are named for it or the internet
 * can be reached. An issuer that promises it and can't keep it breaks the clients that believe it.
 */
export async function clientMetadataOn(desk: Desk): Promise<boolean> {
  const { clientMetadata, clientMetadataHosts } = desk.config
  if (clientMetadata !== 'auto') return clientMetadata === 'on'
  if (clientMetadataHosts.length > 0) return true
  const outbound = outbounds.get(desk) ?? createOutbound()
  outbounds.set(desk, outbound)
  return outbound()
}
