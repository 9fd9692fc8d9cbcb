import { limits } from './limits.ts'

const encoder = new TextEncoder()

/** Longest text looked at for secrets; what lies between its head and tail is never kept. */
const windowCharsMax = 16 * 1024
/** Of all texts in a value together; each value in it counts a little, so that none is free. */
const boundCharsMax = 32 * 1024
const nodeChars = 16

const textBytes = (text: string) => encoder.encode(text).length
export const jsonBytes = (value: unknown) => textBytes(JSON.stringify(value) ?? '')

/** Keeps head and tail of a text within `bytesMax` of UTF-8 and says how much is missing. */
export function cutText(text: string, bytesMax: number): string {
  if (text.length * 3 <= bytesMax || textBytes(text) <= bytesMax) return text
  const room = Math.max(0, bytesMax - textBytes(mark(text.length)))
  const head = encoder.encodeInto(text, new Uint8Array(Math.ceil(room / 2))).read
  let from = text.length
  for (let left = Math.floor(room / 2); from > head; from--) {
    left -= bytesBefore(text, from)
    if (left < 0) break
  }
  if (isLowSurrogate(text, from)) from++
  return text.slice(0, head) + mark(from - head) + text.slice(from)
}

const mark = (chars: number) => `… ${chars} characters cut …`
const isLowSurrogate = (text: string, at: number) => (text.charCodeAt(at) & 0xfc00) === 0xdc00

/** Bytes of the UTF-16 unit before `at`; the halves of a pair count two each. */
function bytesBefore(text: string, at: number) {
  const unit = text.charCodeAt(at - 1)
  if (unit < 0x80) return 1
  return unit < 0x800 || (unit & 0xf800) === 0xd800 ? 2 : 3
}

/** A copy no deeper, wider or longer than a ticket can carry, whatever it was given. */
export function bound(value: unknown): unknown {
  let room = boundCharsMax
  const keep = (text: string) => {
    const kept = windowed(text, Math.max(64, Math.min(room, windowCharsMax)))
    room -= kept.length
    return kept
  }
  const copy = (value: unknown, depth: number): unknown => {
    room -= nodeChars
    if (typeof value === 'string') return keep(value)
    if (typeof value !== 'object' || value === null || isBinary(value)) return value
    if (room <= 0 || depth > limits.depthMax) return '… cut: too deep or too large …'
    return Array.isArray(value) ? items(value, depth) : Object.fromEntries(fields(value, depth))
  }
  const items = (value: unknown[], depth: number) => {
    const kept: unknown[] = []
    for (const item of value) {
      if (kept.length === limits.keysMax || room <= 0) break
      kept.push(copy(item, depth + 1))
    }
    const missing = value.length - kept.length
    return missing > 0 ? [...kept, `… ${missing} more cut …`] : kept
  }
  const fields = (value: object, depth: number) => {
    const kept: [string, unknown][] = []
    // Listing all keys of a very large object only to count them takes long.
    for (const key in value) {
      if (!Object.hasOwn(value, key)) continue
      if (kept.length === limits.keysMax || room <= 0) return [...kept, ['…', '… more cut …']]
      kept.push([keep(key), copy(value[key as keyof typeof value], depth + 1)])
    }
    return kept
  }
  return copy(value, 1)
}

const isBinary = (value: object) => ArrayBuffer.isView(value) || value instanceof ArrayBuffer

/** Short enough to search for secrets, with room to see one whole where the text is cut later. */
export function windowed(text: string, charsMax = windowCharsMax): string {
  if (text.length <= charsMax) return storable(text)
  const half = Math.floor(charsMax / 2)
  return storable(text.slice(0, half) + mark(text.length - 2 * half) + text.slice(-half))
}

/** NUL and half characters travel in JSON, but PostgreSQL refuses them; they become U+FFFD. */
export const storable = (text: string) => text.replaceAll('\0', '\uFFFD').toWellFormed()

/** Cuts every string in a value, keys included. */
export function cutStrings(value: unknown, bytesMax: number): unknown {
  if (typeof value === 'string') return cutText(value, bytesMax)
  if (Array.isArray(value)) return value.map((item) => cutStrings(item, bytesMax))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      cutText(key, Math.min(bytesMax, 256)),
      cutStrings(item, bytesMax),
    ]),
  )
}
