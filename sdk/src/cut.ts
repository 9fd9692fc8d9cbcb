import { limits } from './limits.ts'

const encoder = new TextEncoder()

/** Longest text looked at for secrets; what lies between its head and tail is never kept. */
const windowCharsMax = 16 * 1024
const nodesMax = 1_000

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
  let nodes = 0
  const copy = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return windowed(value)
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
    if (++nodes > nodesMax || depth > limits.depthMax) return '… cut: too deep or too large …'
    if (Array.isArray(value)) {
      const kept = value.slice(0, limits.keysMax).map((item) => copy(item, depth + 1))
      return value.length > kept.length ? [...kept, more(value.length - kept.length)] : kept
    }
    const keys = Object.keys(value)
    const kept = keys
      .slice(0, limits.keysMax)
      .map((key) => [windowed(key), copy((value as Record<string, unknown>)[key], depth + 1)])
    if (keys.length > kept.length) kept.push(['…', more(keys.length - kept.length)])
    return Object.fromEntries(kept)
  }
  return copy(value, 1)
}

const more = (count: number) => `… ${count} more cut …`

/** Short enough to search for secrets, with room to see one whole where the text is cut later. */
export function windowed(text: string): string {
  if (text.length <= windowCharsMax) return storable(text)
  const half = windowCharsMax / 2
  return storable(text.slice(0, half) + mark(text.length - windowCharsMax) + text.slice(-half))
}

/** Half characters and NUL travel in JSON, but PostgreSQL stores neither. */
export const storable = (text: string) => text.toWellFormed().replaceAll('\0', '')

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
