/** Words of a query that are looked for; the database's function `search_tickets` leaves the rest out. */
export const queryWordsMax = 32

/** What parts words there, and what parts those that are looked for as pairs. */
const space = /[\p{Cc} \u00a0\u3000]+/u
const punctuation =
  /[!-/:-@[-`{-~\u00a1\u00ab\u00b7\u00bb\u00bf\u2010-\u2027\u3001-\u3011\uff01-\uff0f\uff1a-\uff1f]+/

/** Whether a query has more words than are looked for; of words in pairs, each pair is one. */
export function isWordy(q: string): boolean {
  const words = q.split(space).map((chunk) => chunk.split(punctuation).filter(Boolean).length)
  return words.reduce((sum, n) => sum + (n > 1 ? n - 1 : n), 0) > queryWordsMax
}
