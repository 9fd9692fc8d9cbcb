import type { Desk } from '#src/web/route.ts'
import type { Described } from '../metadata.ts'
import { fetchDocument } from './fetching.ts'
import { limits as defaults, type Limits } from './limits.ts'
import { paced } from './pacing.ts'
import { parseDocument } from './parsing.ts'
import { addressesOf, type Resolve, systemResolve } from './resolving.ts'
import { before } from './waiting.ts'

/** What a client's document says, and how long it stands. */
export type Document = { described: Described; freshMs: number }

/** Reads the document of an id that `documentAddress` took; an OAuthError says why it can't be used. */
export type DocumentReader = (id: string) => Promise<Document>

type Options = {
  /** Names that may lead inside of the network. */
  namesInside?: string[]
  resolve?: Resolve
  /** Whose certificates count, where it is not those that the runtime trusts. */
  ca?: string
  limits?: Limits
}

/** Reads clients' documents from where strangers say they are, and from nowhere inside of the network. */
export function createDocumentReader({
  namesInside = [],
  resolve = systemResolve,
  ca,
  limits = defaults,
}: Options = {}): DocumentReader {
  return paced(async (id) => {
    const url = new URL(id)
    const signal = AbortSignal.timeout(limits.readMs)
    const addresses = await before(signal, addressesOf(url.hostname, resolve, namesInside))
    const { text, maxAgeS } = await before(signal, fetchDocument(url, { addresses, ca, signal }))
    const freshMs = Math.max(limits.freshMsMin, (maxAgeS ?? 0) * 1000)
    return { described: parseDocument(text, id), freshMs: Math.min(freshMs, limits.freshMsMax) }
  }, limits)
}

const readers = new WeakMap<Desk, DocumentReader>()

/** The one reader of a desk: what it paces, it paces for all its servers. */
export function readerOf(desk: Desk): DocumentReader {
  const reader =
    readers.get(desk) ?? createDocumentReader({ namesInside: desk.config.clientMetadataHosts })
  readers.set(desk, reader)
  return reader
}
