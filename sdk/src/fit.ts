import { windowed } from './cut.ts'
import { limits } from './limits.ts'
import { redacted } from './marks.ts'
import { redactText } from './redact.ts'
import { storable } from './seams.ts'

const markCharsMax = 160
const mark = /\[(?:redacted|[\w.+/-]+, \d+ bytes)[^\]]{0,24}\]/y

/**
 * A text without secrets and no longer than the desk takes. A cut can make the rest look like a
 * secret, so it is made where redacting once more, as the desk does, changes nothing.
 */
export function redactedWithin(text: string, charsMax: number, redact = redactText): string {
  let rest = redact(text)
  for (let less = 0; less < charsMax; less = 2 * less || 16) {
    rest = redact(cutChars(rest, charsMax - less))
    if (rest.length <= charsMax && redact(rest) === rest) return rest
  }
  return redacted
}

/** Keeps the beginning of a text and says so by an ellipsis; never cuts a mark in two. */
export function cutChars(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text
  const open = text.lastIndexOf('[', charsMax - 1)
  mark.lastIndex = Math.max(0, open)
  const marked = open >= 0 && charsMax - open < markCharsMax ? mark.exec(text) : null
  const end = marked && open + marked[0].length >= charsMax ? open : charsMax - 1
  return `${text
    .slice(0, end)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`
}

/** A name that came over the wire: of a person, a tool, a client, a version. Nothing where blank. */
export function plainName(name: unknown): string | undefined {
  if (typeof name !== 'string') return undefined
  return redactedWithin(windowed(name).trim(), limits.nameCharsMax).trim() || undefined
}

/** The rule of the desk, which would refuse a ticket for any other address. */
export const isEmail = (email: string) =>
  email.length <= limits.emailCharsMax &&
  /^(?:[\w'+-]+\.)*[\w'+-]*[\w+-]@(?:[a-z\d][a-z\d-]*\.)+[a-z]{2,}$/i.test(email)

/** A text as it can be sent, or nothing for what is no text. */
export const plainText = (value: unknown) =>
  typeof value === 'string' ? storable(value).trim() : ''
