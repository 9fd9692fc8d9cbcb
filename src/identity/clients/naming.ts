import { storable } from '#src/lib/text.ts'

/** What a client is called that says nothing of itself. */
const unnamed = 'Unnamed client'

/**
 * A name that a stranger wrote, as people may be shown it: on one line, without what can't be seen
 * or turns the direction of the words around it.
 */
export function shownName(given: string): string {
  const name = storable(given.replace(/[\p{Cc}\p{Z}]+/gu, ' '))
    .normalize('NFC')
    .replace(/[\p{Cf}\p{Co}\p{DI}]/gu, '')
    .replace(/ +/g, ' ')
    .trim()
  return /[\p{L}\p{N}]/u.test(name) ? name : unnamed
}
