const issuedCard =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3[068]\d{12}|35\d{14}|6\d{15,18})$/

/** ISO/IEC 7812: lengths and first digits that issuers use, and the Luhn check digit. */
export function isCardNumber(digits: string): boolean {
  if (!issuedCard.test(digits)) return false
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const double = Number(digit) * (at % 2 === 0 ? 1 : 2)
    return total + (double > 9 ? double - 9 : double)
  }, 0)
  return sum % 10 === 0
}

export const cardMark = '[redacted: card number]'

/** Not inside of a hash or an UUID, whose letters are hexadecimal too. */
const digitGroups =
  /(?:(?<!\d|\d\.|[\da-f-][a-f]|%|%[\dA-F])|(?<=%[\dA-F]{2}|\\[nrt]))\d+(?:(?:[ +\u00a0\u2009\u2010-\u2013\u202f-]|%20)\d+)*(?!\d|[a-f][\da-f-])/g
const separators = /([ +\u00a0\u2009\u2010-\u2013\u202f-]|%20)/

export const withoutCards = (text: string) =>
  text.replace(digitGroups, (run) => (run.length < 13 ? run : withoutCard(run)))

/** A card may stand among other digits: `4111 1111 1111 1111 12/27`. */
function withoutCard(run: string): string {
  const parts = run.split(separators)
  let kept = ''
  for (let at = 0; at < parts.length; ) {
    const card = /^[2-6]/.test(parts[at] ?? '') ? cardAt(parts, at) : undefined
    kept += (card ? cardMark : parts[at]) + (parts[at + (card ?? 1)] ?? '')
    at += (card ?? 1) + 1
  }
  return kept
}

/** How cards are printed, in digits for each group. */
const printed = [
  [4, 4, 4, 4, 3],
  [4, 4, 4, 4, 2],
  [4, 4, 4, 4, 1],
  [4, 4, 4, 4],
  [4, 6, 5],
  [4, 6, 4],
]

/** Of how many parts the card is made that begins here; groups and separators take turns. */
function cardAt(parts: string[], at: number): number | undefined {
  const { length = 0 } = parts[at] ?? ''
  const even = [8, 7, 6, 5, 4, 3, 2]
    .filter((count) => count * length > 12 && count * length < 20)
    .map((count) => Array(count).fill(length))
  const lengths = [...(length === 4 ? printed : []), ...even, [length]].find((lengths) =>
    isCard(parts.slice(at, at + 2 * lengths.length - 1), lengths),
  )
  return lengths && 2 * lengths.length - 1
}

function isCard(parts: string[], lengths: number[]): boolean {
  if (!lengths.every((length, at) => parts[2 * at]?.length === length)) return false
  const between = parts.filter((_, at) => at % 2 === 1)
  return new Set(between).size <= 1 && isCardNumber(parts.filter((_, at) => at % 2 === 0).join(''))
}
