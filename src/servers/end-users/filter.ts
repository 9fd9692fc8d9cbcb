import { storable } from '#src/lib/text.ts'
import { endUserSearchCharsMax } from '#src/servers/limits.ts'
import { isId } from '#src/staff/forms.ts'

/** What the list of end-users shows; each part lives in the URL. */
export type EndUserFilter = {
  /** What an e-mail or a name begins with. */
  q?: string
  /** Keyset cursor: those who signed up before this one. */
  before?: string
}

/** Reads it from a query string; what makes no sense is left out rather than refused. */
export function parseFilter(query: URLSearchParams): EndUserFilter {
  const q = storable(query.get('q') ?? '')
    .trim()
    .slice(0, endUserSearchCharsMax)
    .toWellFormed()
  const before = query.get('before') ?? ''
  return { ...(q && { q }), ...(isId(before) && { before }) }
}
