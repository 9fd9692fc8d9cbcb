/** NUL and half characters travel in JSON, but PostgreSQL refuses them; they become U+FFFD. */
export const storable = (text: string) => text.replaceAll('\0', '\uFFFD').toWellFormed()

export const cutMark = (chars: number) => `… ${chars} characters cut …`

/** Between the head and the tail of a text too long to be searched. No text of a host has NUL here. */
export const seamOf = (chars: number) => `\0${cutMark(chars)}\0`

const seam = /\0… (\d{1,16}) characters cut …\0/
/** As much of a secret may stand beside a seam and not be known for one, since the rest is missing. */
const besideSeamChars = 1024

/** `clean` on both sides of a seam, and nothing of what stood close to it. */
export function unseamed(text: string, clean: (text: string) => string): string {
  const match = text.includes('\0') ? seam.exec(text) : null
  if (!match) return clean(text)
  const head = clean(text.slice(0, match.index))
  const tail = clean(text.slice(match.index + match[0].length))
  const beside = Math.min(head.length, besideSeamChars) + Math.min(tail.length, besideSeamChars)
  const kept = [head.slice(0, -besideSeamChars), tail.slice(besideSeamChars)]
  return clean(storable(kept.join(cutMark(Number(match[1]) + beside))))
}
