/**
 * Text that PostgreSQL stores and gives back unchanged: NUL and lone surrogates, which it refuses
 * or replaces, become U+FFFD.
 */
export const storable = (text: string): string => text.replaceAll('\0', '\uFFFD').toWellFormed()

/**
 * Text that people look for, as it is stored and as it is asked for: letters and their marks are
 * one (NFC), however they were typed. What tells identities apart, or is evidence, is not composed.
 */
export const composed = (text: string): string => storable(text).normalize('NFC')

/** What `storable` does, for every string in a JSON value, keys too. */
export function storableJson(value: unknown): unknown {
  if (typeof value === 'string') return storable(value)
  if (Array.isArray(value)) return value.map(storableJson)
  if (value && typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [storable(key), storableJson(inner)]),
    )
  return value
}

/** A shortened text says so by its ellipsis. */
export const cut = (text: string, charsMax: number): string =>
  text.length > charsMax ? `${text.slice(0, charsMax - 1).toWellFormed()}…` : text

/** One line of a stranger's text, without the controls that make it read in another order (UAX #9). */
export const inOrder = (text: string): string =>
  text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '').trim()
