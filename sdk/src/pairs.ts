import { keepsMeaning, looksRandom, redacted } from './marks.ts'
import { isSecretName } from './secrets.ts'

const pairName =
  /(?:(?<![\p{L}\p{N}_.-])|(?<=%(?:25){0,2}[\da-f]{2}))[\p{L}_][\p{L}\p{N}_.-]{0,127}(?=\\*["']?[ \t]{0,3}[:=]|(?:%(?:25){0,2}2[27])?%(?:25){0,2}3[ad])/giu
const plainSeparator = /\\*["']?[ \t]{0,3}[:=]>?[ \t]{0,3}(?:\\+["']|["'])?/y
const encodedSeparator = /(?:%(?:25){0,2}2[27])?%(?:25){0,2}3[ad](?:%(?:25){0,2}2[027]){0,3}/iy
const lineBreak = /(?:[|>][+-]?[ \t]{0,3})?(?:\r?\n|(?:\\r)?\\n)[ \t]{0,16}["']?/y

const values = {
  '"': /(?:[^"\\]|\\.)*/sy,
  quoted: /[^"'\\]*/y,
  bare: /(?:(?:Bearer|Basic|Digest|Token)[ \t]+)?(?:\[redacted[^\]]{0,20}\]|[^\s"'\\&;,)}\]<>])+/iy,
  encoded:
    /(?:\[redacted[^\]]{0,20}\]|(?!%(?:25){0,2}(?:0[ad]|2[267c]|3b|[57]d))[^\s"'\\&;,)}\]<>])+/iy,
  line: /(?:\[redacted[^\]]{0,20}\]|[^\s"'\\&;,)}\]<>])+(?=["']?[ \t]{0,3}(?:\r?\n|\\[rn"]|$))/y,
}

type Found = { from: number; value: string }

/** `password=…`, `"apiKey": "…"` and the like, wherever the name stands for a secret. */
export function withoutPairs(text: string): string {
  let result = ''
  let done = 0
  for (const { 0: name, index } of text.matchAll(pairName)) {
    if (index < done || !isSecretName(nameOf(name, text, index))) continue
    const { from, value } = valueAfter(text, index + name.length)
    if (value === '' || keepsMeaning(value)) continue
    result += text.slice(done, from) + redacted
    done = from + value.length
  }
  return result + text.slice(done)
}

const namedBefore =
  /(?<![\p{L}\p{N}])(?:name|key|header)\\*["']?[ \t]{0,3}[:=][ \t]{0,3}\\*["']?([^"'\\,\r\n]{1,128})\\*["']?[ \t]{0,3}(?:,|\r?\n)\s{0,16}\\*["']?$/iu

/** `{"name":"API_KEY","value":"…"}` says in front of `value` what it is the value of. */
const nameOf = (name: string, text: string, at: number) =>
  /^value$/i.test(name)
    ? (namedBefore.exec(text.slice(Math.max(0, at - 200), at))?.[1] ?? name)
    : name

function valueAfter(text: string, at: number): Found {
  const encoded = matchAt(encodedSeparator, text, at)
  if (encoded) return found(text, at + encoded.length, 'encoded')
  const separator = matchAt(plainSeparator, text, at)
  const from = at + separator.length
  const quote = /(\\*)["']$/.exec(separator)
  if (quote) return found(text, from, separator.endsWith('"') && !quote[1] ? '"' : 'quoted')
  const broken = matchAt(lineBreak, text, from)
  return broken ? lineAfter(text, from + broken.length, broken) : found(text, from, 'bare')
}

/** A value on the next line stands there alone; without indentation it has to look like one. */
function lineAfter(text: string, from: number, broken: string): Found {
  const { value } = found(text, from, 'line')
  const indented = /[ \t]["']?$/.test(broken)
  const secret = indented
    ? /[\p{L}\p{N}]/u.test(value) && !/[:{[(]$/.test(value)
    : value.length >= 6 && looksRandom(value) && !/[:/.]/.test(value)
  return { from, value: secret ? value : '' }
}

const found = (text: string, from: number, kind: keyof typeof values): Found => ({
  from,
  value: matchAt(values[kind], text, from),
})

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}
