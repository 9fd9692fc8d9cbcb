import { looksRandom } from './marks.ts'
import { endOfContainer, endOfQuoted } from './quotes.ts'

/** The value after a name in a text, without its quotes. */
export type Value = { from: number; text: string }

const plainSeparator =
  /(?:\\*["'`]{1,2})?(?:\]|%5d){0,2}[ \t\u00a0\u3000]{0,16}[:=：＝]{1,3}>?[ \t\u00a0\u3000]{0,16}/iy
/** At each level of encoding, as `%3D` and `%253D`: what ends a value in quotes, and one without. */
const levels = [
  {
    separator: /(?:%(?:2[27]|5d)){0,3}%3[ad](?:%20|\+){0,3}(%2[27])?/iy,
    double: /(?:\[redacted[^\]]{0,20}\]|(?!%22)[^\s"\\&<>])*/iy,
    single: /(?:\[redacted[^\]]{0,20}\]|(?!%27)[^\s"\\&<>])*/iy,
    bare: /(?:\[redacted[^\]]{0,20}\]|(?!%(?:0[ad]|26|7d|5d))(?:[^\s"'\\&<>;,)}\]]|[;,)}\]'](?=[;,)}\]'%.!~*(-]{0,5}[\p{L}\p{N}])))*/iuy,
  },
  {
    separator: /(?:%25(?:2[27]|5d)){0,3}%253[ad](?:%2520|%2B){0,3}(%252[27])?/iy,
    double: /(?:\[redacted[^\]]{0,20}\]|(?!%2522)[^\s"\\&<>])*/iy,
    single: /(?:\[redacted[^\]]{0,20}\]|(?!%2527)[^\s"\\&<>])*/iy,
    bare: /(?:\[redacted[^\]]{0,20}\]|(?!%25(?:0[ad]|26|7d|5d))(?:[^\s"'\\&<>;,)}\]]|[;,)}\]'](?=[;,)}\]'%.!~*(-]{0,5}[\p{L}\p{N}])))*/iuy,
  },
  {
    separator: /(?:%2525(?:2[27]|5d)){0,3}%25253[ad](?:%252520|%252B){0,3}(%25252[27])?/iy,
    double: /(?:\[redacted[^\]]{0,20}\]|(?!%252522)[^\s"\\&<>])*/iy,
    single: /(?:\[redacted[^\]]{0,20}\]|(?!%252527)[^\s"\\&<>])*/iy,
    bare: /(?:\[redacted[^\]]{0,20}\]|(?!%2525(?:0[ad]|26|7d|5d))(?:[^\s"'\\&<>;,)}\]]|[;,)}\]'](?=[;,)}\]'%.!~*(-]{0,5}[\p{L}\p{N}])))*/iuy,
  },
]
/** With the letters that some languages put before a text, and the doubled quotes of CSV. */
const opening = /[bBrRuUfF@$]{0,2}(\\*)(["'`])(\2(?=[^\s,;}\])"'`&<]))?/y
const lineBreak = /(?:\r?\n|(?:\\r)?\\n)[ \t]{0,16}["']?/y
const block = /[|>][+-]?[ \t]{0,3}(?:\r?\n|(?:\\r)?\\n)[ \t]{1,16}/y
const blockLines = /[^\r\n"]*(?:\r?\n[ \t][^\r\n"]+)*/y

const bare =
  /(?:(?:Bearer|Basic|Digest|Token)[ \t]+)?(?:\[redacted[^\]]{0,20}\]|[^\s"'\\&;,)}\]<>]|(?:[&;,)}\]>](?=[&;,)}\]>./?:!(-]{0,5}[\p{L}\p{N}@#$%^*_+~])|["'](?=[!?.*%~'(-]{0,5}[\p{L}\p{N}])|\\(?![nrtu])(?=[\p{L}\p{N}!@#$%^*_+~-]))(?!\$?[\p{L}_][\p{L}\p{N}_.$-]{0,64}(?:\\*["'])?\]?[ \t]{0,3}(?:[:=]|%(?:25)?3[ad])))+/iuy
const line =
  /(?:\[redacted[^\]]{0,20}\]|[^\s"'\\&;,)}\]<>])+(?=["']?[ \t]{0,3}(?:\r?\n|\\[rn"]|$))/y
const restOfLine = /[^\r\n"\\<>]+/y

/** A secret of many words. */
const isPhrase = (name: string) => /phrase|mnemonic|(?:recovery|backup)[ _-]?codes$/i.test(name)

/** The value of `name`, whose separator begins at `at`. */
export function valueAfter(text: string, at: number, name: string): Value {
  const separator = matchAt(plainSeparator, text, at)?.[0]
  if (separator === undefined) return encodedAfter(text, at)
  const from = at + separator.length
  return (
    quotedAt(text, from) ??
    containerAt(text, from) ??
    blockAt(text, from) ??
    lineAt(text, from) ??
    bareAt(text, from, isPhrase(name))
  )
}

function bareAt(text: string, from: number, phrase: boolean): Value {
  const value = found(bare, text, from)
  const rest = phrase ? found(restOfLine, text, from + value.text.length).text : ''
  return { from, text: value.text + rest }
}

function encodedAfter(text: string, at: number): Value {
  for (const { separator, double, single, bare } of levels) {
    const match = matchAt(separator, text, at)
    if (!match) continue
    const quoted = match[1]?.endsWith('2') ? double : single
    return found(match[1] ? quoted : bare, text, at + match[0].length)
  }
  return { from: at, text: '' }
}

export function quotedAfter(text: string, at: number): Value | undefined {
  const separator = matchAt(plainSeparator, text, at)
  return separator ? quotedAt(text, at + separator[0].length) : undefined
}

export function quotedAt(text: string, at: number): Value | undefined {
  const match = matchAt(opening, text, at)
  if (!match) return undefined
  const [{ length }, { length: backslashes } = '', sign = '', doubled] = match
  const from = at + length
  const end = doubled
    ? text.indexOf(sign + sign, from)
    : endOfQuoted(text, from, { backslashes, sign })
  if (end >= 0) return { from, text: text.slice(from, end) }
  // An apostrophe may be no quote at all; what was cut inside quotes ends with the text.
  return sign === '"' ? { from, text: text.slice(from) } : found(/[^\r\n]*/y, text, from)
}

function containerAt(text: string, from: number): Value | undefined {
  if (!/[[{]/.test(text.charAt(from)) || text.startsWith('[redacted', from)) return undefined
  const value = text.slice(from, endOfContainer(text, from))
  return { from, text: /[\p{L}\p{N}]/u.test(value) ? value : '' }
}

/** YAML's `|` and `>`: the value is every indented line that follows. */
function blockAt(text: string, at: number): Value | undefined {
  const match = matchAt(block, text, at)
  return match ? found(blockLines, text, at + match[0].length) : undefined
}

/** A value on the next line stands there alone; without indentation it has to look like one. */
function lineAt(text: string, at: number): Value | undefined {
  const match = matchAt(lineBreak, text, at)
  if (!match) return undefined
  const value = found(line, text, at + match[0].length)
  const indented = /[ \t]["']?$/.test(match[0])
  const secret = indented
    ? /[\p{L}\p{N}]/u.test(value.text) && !/[:{[(]$/.test(value.text)
    : value.text.length >= 6 && looksRandom(value.text) && !/[:/.]/.test(value.text)
  return secret ? value : { ...value, text: '' }
}

const found = (pattern: RegExp, text: string, from: number): Value => ({
  from,
  text: matchAt(pattern, text, from)?.[0] ?? '',
})

export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
