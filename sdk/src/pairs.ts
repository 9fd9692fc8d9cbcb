import { isMark, keepsMeaning, redacted } from './marks.ts'
import type { Names } from './secrets.ts'
import { matchAt, quotedAfter, type Value, valueAfter } from './values.ts'

const pairName =
  /(?<![\p{L}\p{M}\p{N}_.$-])[\p{L}\p{M}\p{N}_.$-]+(?=(?:\\*["'`]{1,2})?(?:\]|%5d){0,2}[ \t\u00a0\u3000]{0,16}[:=：＝]|(?:%(?:25){0,2}(?:2[27]|5d)){0,3}%(?:25){0,2}3[ad])/giu

/** `password=…`, `"apiKey": "…"` and the like, wherever the name stands for a secret. */
export function withoutPairs(text: string, names: Names): string {
  let result = ''
  let done = 0
  for (const { 0: run, index } of text.matchAll(pairName)) {
    if (index < done) continue
    const value = secretAfter(text, index, run, names)
    if (!value) continue
    result += text.slice(done, value.from) + redacted
    done = value.from + value.text.length
  }
  return result + text.slice(done)
}

function secretAfter(text: string, at: number, run: string, names: Names): Value | undefined {
  const name = withoutCode(run, text, at)
  if (/^values?$/i.test(name)) return valueOfNamed(text, at, run, names)
  const secret = names.isSecret(name)
  const phrase = secret ? name : names.mayEnd(name) ? spoken(text, at, name) : ''
  if (!secret && !(phrase && names.endsInSecret(phrase))) return undefined
  const value = valueAfter(text, at + run.length, phrase)
  const own = names.isOwn(phrase)
  if (isAmount(name, value.text) || isPlace(name, value.text)) return undefined
  // What is said of an API key is said in words; the key itself has a digit.
  if (!secret && !own && !/\d/.test(value.text)) return undefined
  return unlessSaid(value, own)
}

const isAmount = (name: string, value: string) => /tokens$/i.test(name) && /^\d+$/.test(value)

/** `token.ts:12:34` is a line of a file. */
const isPlace = (name: string, value: string) =>
  /\.[a-z]{1,5}$/i.test(name) && /^\d{1,6}(?::\d{1,6})?:?$/.test(value)

const unlessSaid = (value: Value, own: boolean) =>
  value.text === '' || (own ? isMark : keepsMeaning)(value.text) ? undefined : value

/** What stands before a name in a URL is encoded: `%26password%3D` is `&password=`. */
const withoutCode = (run: string, text: string, at: number) =>
  text[at - 1] === '%' ? run.replace(/^(?:25){0,2}[\da-f]{2}/i, '') : run

const wordsBefore = /(?:[\p{L}\p{M}\p{N}_-]{1,30} ){1,3}$/u

const spoken = (text: string, at: number, name: string) =>
  text[at - 1] === ' '
    ? `${wordsBefore.exec(text.slice(Math.max(0, at - 64), at))?.[0] ?? ''}${name}`
    : ''

const nameBefore =
  /(?<![\p{L}\p{N}_.-])(?:name|key|header)\\*["']?[ \t]{0,3}[:=][ \t]{0,3}\\*["']?([^"'\\,:=\r\n]{1,128}?)\\*["']?[ \t]{0,3}[,;\s]\s{0,16}\\*["']?$/iu
const nameAfter =
  /\\{0,16}["']?[ \t]{0,3}[,;\s]\s{0,16}\\{0,16}["']?(?:name|key|header)\\{0,16}["']?[ \t]{0,3}[:=][ \t]{0,3}\\{0,16}["']?([^"'\\,:=\r\n]{1,128})/iy

/** `{"name":"API_KEY","value":"…"}` says beside `value` what it is the value of. */
function valueOfNamed(text: string, at: number, run: string, names: Names): Value | undefined {
  const end = at + run.length
  const before = nameBefore.exec(text.slice(Math.max(0, at - 200), at))?.[1] ?? ''
  if (names.isSecret(before)) return unlessSaid(valueAfter(text, end, run), names.isOwn(before))
  // Only a quoted value ends where it can be seen without reading it again and again.
  const quoted = quotedAfter(text, end)
  const after = quoted && matchAt(nameAfter, text, quoted.from + quoted.text.length)?.[1]
  return after && names.isSecret(after) ? unlessSaid(quoted, names.isOwn(after)) : undefined
}
