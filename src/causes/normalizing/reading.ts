/** A value as programs print it: JSON, a Python dict, or an object of JavaScript's `inspect`. */
export type Printed = string | Printed[] | { [key: string]: Printed }

const depthMax = 12

/**
 * Reads the value that begins at an offset, with where it ends, or null. Lenient: quotes of both
 * kinds, keys and words without any. What is no string, list or object is read as its letters.
 */
export function readValue(text: string, at: number): { value: Printed; end: number } | null {
  const value = /["'{[]|[^\s,:{}[\]"']+/y
  const space = /\s*/y
  const skip = (from: number): number => {
    space.lastIndex = from
    space.test(text)
    return space.lastIndex
  }

  function read(from: number, depth: number): { value: Printed; end: number } | null {
    if (depth > depthMax) return null
    value.lastIndex = skip(from)
    const found = value.exec(text)
    if (!found) return null
    const [token] = found
    if (token === '{') return readObject(value.lastIndex, depth)
    if (token === '[') return readList(value.lastIndex, depth)
    if (token === '"' || token === "'") return readString(text, value.lastIndex, token)
    return { value: token, end: value.lastIndex }
  }

  function readList(from: number, depth: number) {
    const list: Printed[] = []
    for (let at = skip(from); ; ) {
      if (text[at] === ']') return { value: list, end: at + 1 }
      const item = read(at, depth + 1)
      if (!item) return null
      list.push(item.value)
      at = skip(item.end)
      if (text[at] === ',') at = skip(at + 1)
      else if (text[at] !== ']') return null
    }
  }

  function readObject(from: number, depth: number) {
    const entries: [string, Printed][] = []
    for (let at = skip(from); ; ) {
      if (text[at] === '}') return { value: Object.fromEntries(entries), end: at + 1 }
      const key = read(at, depth + 1)
      if (typeof key?.value !== 'string') return null
      at = skip(key.end)
      if (text[at] !== ':') return null
      const inner = read(at + 1, depth + 1)
      if (!inner) return null
      entries.push([key.value, inner.value])
      at = skip(inner.end)
      if (text[at] === ',') at = skip(at + 1)
      else if (text[at] !== '}') return null
    }
  }

  return read(at, 0)
}

/** A character as it may stand in a pattern: controls, halves of pairs and private ones are none. */
const seen = (code: number): string =>
  String.fromCharCode(code).replace(/[\p{Cc}\p{Cs}\p{Co}]/u, ' ')

const escapes: Record<string, string> = { n: '\n', r: '\n', t: ' ', b: ' ', f: ' ' }

function readString(text: string, from: number, quote: string) {
  let value = ''
  for (let at = from; at < text.length; at++) {
    const character = text[at]
    if (character === quote) return { value, end: at + 1 }
    if (character !== '\\') {
      value += character
      continue
    }
    const escaped = text[++at] ?? ''
    const code = escaped === 'u' ? /^[\da-f]{4}/i.exec(text.slice(at + 1, at + 5))?.[0] : undefined
    value += code ? seen(Number.parseInt(code, 16)) : (escapes[escaped] ?? escaped)
    if (code) at += code.length
  }
  return null
}
