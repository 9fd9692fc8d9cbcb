/** Bytes say nothing to a reader and may be anything: only their size is told. */

export const bytesMark = (type: string, bytes: number) => `[${type}, ${bytes} bytes]`

export const base64Bytes = (data: string) =>
  Math.floor((data.replace(/\s|\\[rn]|={1,2}$/g, '').length * 3) / 4)

const countedMax = 64 * 1024

/** Size of what holds bytes, in any of the forms they are given in memory or in JSON. */
export function bytesIn(value: object): number | undefined {
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value.byteLength
  if (typeof SharedArrayBuffer === 'function' && value instanceof SharedArrayBuffer)
    return value.byteLength
  if (typeof Blob === 'function' && value instanceof Blob) return value.size
  const { type, data } = value as { type?: unknown; data?: unknown }
  if (type === 'Buffer' && Array.isArray(data)) return data.length
  return Object.hasOwn(value, '7') && !Array.isArray(value) ? indexedBytes(value) : undefined
}

/** `{"0":104,"1":117,…}` is what JSON makes of a typed array. */
function indexedBytes(value: object): number | undefined {
  let count = 0
  for (const key in value) {
    const byte: unknown = value[key as keyof typeof value]
    if (key !== String(count) || !isByte(byte)) return undefined
    if (++count === countedMax) break
  }
  return count
}

const isByte = (value: unknown) => Number.isInteger(value) && Math.abs(value as number) < 256

/** The fields of MCP's image, audio and resource contents that hold base64. */
export function base64Field(value: object): { key: 'data' | 'blob'; mark: string } | undefined {
  const { type, data, blob, mimeType } = value as Record<string, unknown>
  const [key, held] = blob === undefined ? (['data', data] as const) : (['blob', blob] as const)
  const isMedia = key === 'blob' || type === 'image' || type === 'audio'
  if (!isMedia || typeof held !== 'string' || !/^[\w+/-]{4}/.test(held)) return undefined
  const kind = typeof mimeType === 'string' && mimeType.length <= 80 ? mimeType : 'base64'
  return { key, mark: bytesMark(/^[\w.+/-]+$/.test(kind) ? kind : 'base64', base64Bytes(held)) }
}

const endsChars = 1024

/** The mark for a text that is base64 from end to end; what lies between is not looked at. */
export function wholeBase64(text: string): string | undefined {
  if (text.length < 2 * endsChars) return undefined
  const ends = text.slice(0, endsChars) + text.slice(-endsChars)
  const [, type = 'base64', data] =
    /^(?:data:([\w.+/-]{1,80})[^,\s]{0,60};base64,)?([\w+/-]+={0,2})$/.exec(ends) ?? []
  return data
    ? bytesMark(
        type,
        base64Bytes(text.slice(text.length - endsChars)) +
          Math.floor(((text.length - endsChars) * 3) / 4),
      )
    : undefined
}
