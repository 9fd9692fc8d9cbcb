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

const digitGroups =
  /(?:(?<![\d%]|\d\.|%[\dA-F])|(?<=%[\dA-F]{2}|\\[nrt]))\d+(?:(?:[ +\u00a0\u2009\u2010-\u2013\u202f-]|%20)\d+)*/g
const separators = /([ +\u00a0\u2009\u2010-\u2013\u202f-]|%20)/
/** How cards are printed, in digits for each group. */
const printed = /^(?:\d{1,19}|4-4-4-4(?:-[1-3])?|4-6-[45])$/

export const withoutCards = (text: string) =>
  text.replace(digitGroups, (run) => (run.length < 13 ? run : withoutCard(run)))

/** A card may stand among other digits: `4111 1111 1111 1111 12/27`. */
function withoutCard(run: string): string {
  const parts = run.split(separators)
  if (isCardNumber(digitsOf(parts).join(''))) return cardMark
  let kept = ''
  for (let at = 0; at < parts.length; ) {
    const card = [9, 7, 5, 1].find((length) => isCard(digitsOf(parts.slice(at, at + length))))
    kept += (card ? cardMark : parts[at]) + (parts[at + (card ?? 1)] ?? '')
    at += (card ?? 1) + 1
  }
  return kept
}

const digitsOf = (parts: string[]) => parts.filter((_, at) => at % 2 === 0)

const isCard = (groups: string[]) =>
  printed.test(groups.length > 1 ? groups.map(({ length }) => length).join('-') : '1') &&
  isCardNumber(groups.join(''))
