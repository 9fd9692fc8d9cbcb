import { shieldCodes } from './normalizing/codes.ts'
import { withoutFrames } from './normalizing/frames.ts'
import { blankNames } from './normalizing/names.ts'
import { blankPlaces } from './normalizing/places.ts'
import { blankBracketed, blankQuoted } from './normalizing/quoted.ts'
import { unarmed, unshield } from './normalizing/shield.ts'
import { tell } from './normalizing/telling.ts'
import { blankValues } from './normalizing/values.ts'

/** Of a longer error only the beginning is looked at, in characters. */
const readMax = 2_000
/** What is kept of it at the end. */
const patternMax = 600

/** A sentence in quotes, which is what the program that was called has said. */
const reported =
  /((?:stderr|stdout|message|error|reason|details?|cause|failed|said|says|because|rejected|denied|response|replied|reported)\s?[:=]\s?|\b[A-Z]\w*(?:Error|Exception|Timeout|Warning)\()(?:"((?:[^"\\]|\\.){0,2000})"|'((?:[^'\\]|\\.){0,2000})')/g
/** A text that is nothing but quoted, or a list of such. */
const wrapped = /^\s*\[?\s*(["'`“„«])([\s\S]*)["'`”“»]\s*\]?\s*$/
const isSentence = /\S\s+\S+\s+\S/

/**
 * An error text without what differs from call to call: ids, numbers, times, paths, addresses,
 * names and what stands in quotes become `…`. Status codes, error codes and the words stay, in
 * their order. What is printed as an object or a page is read for its codes and messages; where in
 * a program it happened is left out. Linear in the text, of which the first 2,000 characters count.
 */
export function normalizeError(error: string): string {
  const text = unarmed(error.slice(0, readMax).normalize('NFC'))
    .replace(wrapped, '$2')
    .replace(/(?<=\p{L})’(?=\p{L})/gu, "'")
  const told = withoutFrames(tell(text).replace(/stderr: ?["']([\s\S]*)["']\s*$/, 'stderr: $1'))
    .replace(/[^\S\n]+/g, ' ')
    .replace(reported, (all, before, double, single) => {
      const said = double ?? single
      return isSentence.test(said) ? `${before} ${said} ` : all
    })
  const placed = blankPlaces(blankNames(told)).replace(/ {2,}/g, ' ')
  return tidy(unshield(blankValues(blankBracketed(blankQuoted(shieldCodes(placed))))))
}

/** One line; of several blanks in a row one is left, as of the punctuation around them. */
function tidy(text: string): string {
  const line = text
    .replace(/["'`“”„«»‘’‚「」]/g, (quote) => (quote === "'" ? quote : ''))
    .replace(/\s?\(…\)|\[…\]|\{…\}|<…>/g, '…')
    .replace(/…(?:[:@]|\.(?=\w))[\w.-]+/g, '…')
    .replace(/…(?:[^\p{L}\d…]{0,40}(?:(?:and|or|und|et|to|of|is|by)\s[^\p{L}\d…]{0,10})?…)+/gu, '…')
    .replace(/\s+/g, ' ')
    .replace(/\s(?=[.,;:!?)\]])/g, '')
    .replace(/[\s.,;:!{}]+$/, '')
    .trim()
  return line.length > patternMax ? `${line.slice(0, patternMax - 1).toWellFormed()}…` : line
}
