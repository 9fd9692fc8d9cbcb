import { wholeBase64 } from './bytes.ts'
import { orDropped } from './hooks.ts'
import { limits } from './limits.ts'
import { plain } from './plain.ts'
import { cutMark, seamOf, storable } from './seams.ts'

const encoder = new TextEncoder()

/** Longest text looked at for secrets: its head and its tail. */
const windowCharsMax = 16 * 1024
/** Of all texts in a value together; each value in it counts a little, so that none is free. */
const boundCharsMax = 32 * 1024
const nodeChars = 16

const textBytes = (text: string) => encoder.encode(text).length
export const jsonBytes = (value: unknown) => textBytes(JSON.stringify(value) ?? '')

/** Keeps head and tail of a text within `bytesMax` of UTF-8 and says how much is missing. */
export function cutText(text: string, bytesMax: number): string {
  if (text.length * 3 <= bytesMax || textBytes(text) <= bytesMax) return text
  const room = Math.max(0, bytesMax - textBytes(cutMark(text.length)))
  const head = encoder.encodeInto(text, new Uint8Array(Math.ceil(room / 2))).read
  let from = text.length
  for (let left = Math.floor(room / 2); from > head; from--) {
    left -= bytesBefore(text, from)
    if (left < 0) break
  }
  if (isLowSurrogate(text, from)) from++
  return text.slice(0, head) + cutMark(from - head) + text.slice(from)
}

const isLowSurrogate = (text: string, at: number) => (text.charCodeAt(at) & 0xfc00) === 0xdc00

/** Bytes of the UTF-16 unit before `at`; the halves of a pair count two each. */
function bytesBefore(text: string, at: number) {
  const unit = text.charCodeAt(at - 1)
  if (unit < 0x80) return 1
  return unit < 0x800 || (unit & 0xf800) === 0xd800 ? 2 : 3
}

/** A copy no deeper, wider or longer than a ticket can carry, and plain, whatever it was given. */
export function bound(value: unknown): unknown {
  let room = boundCharsMax
  const keep = (text: string) => {
    const kept = wholeBase64(text) ?? windowed(text, Math.max(64, Math.min(room, windowCharsMax)))
    room -= kept.length
    return kept
  }
  const copy = (given: unknown, depth: number): unknown => {
    room -= nodeChars
    if (typeof given === 'bigint') return String(given)
    if (typeof given === 'function' || typeof given === 'symbol') return undefined
    if (typeof given === 'object' && given !== null && (room <= 0 || depth > limits.depthMax))
      return '… cut: too deep or too large …'
    const value = typeof given === 'object' && given !== null ? plain(given) : given
    if (typeof value === 'string') return keep(value)
    if (typeof value !== 'object' || value === null) return value
    return Array.isArray(value) ? items(value, depth) : Object.fromEntries(fields(value, depth))
  }
  const items = (value: unknown[], depth: number) => {
    const kept: unknown[] = []
    for (let at = 0; at < value.length && at < limits.keysMax && room > 0; at++)
      kept.push(orDropped(() => copy(value[at], depth + 1)))
    const missing = value.length - kept.length
    return missing > 0 ? [...kept, `… ${missing} more cut …`] : kept
  }
  const fields = (value: object, depth: number) => {
    const kept: [string, unknown][] = []
    // Listing all keys of a very large object only to count them takes long.
    for (const key in value) {
      if (!Object.hasOwn(value, key)) continue
      if (kept.length === limits.keysMax || room <= 0) return [...kept, ['…', '… more cut …']]
      kept.push([keep(key), orDropped(() => copy(value[key as keyof typeof value], depth + 1))])
    }
    return kept
  }
  return orDropped(() => copy(value, 1))
}

/** Short enough to search for secrets; redaction drops what stands beside the seam. */
export function windowed(text: string, charsMax = windowCharsMax): string {
  if (text.length <= charsMax) return storable(text)
  const half = Math.floor(charsMax / 2)
  const head = storable(text.slice(0, half))
  return head + seamOf(text.length - 2 * half) + storable(text.slice(-half))
}

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
