import { sha256 } from '#src/lib/ids.ts'
import { cut, storable } from '#src/lib/text.ts'
import { normalizeError } from './normalizing.ts'

/** What a failed call has in common with others that failed for the same cause. */
export type Fingerprint = {
  /** SHA-256 of tool and pattern. */
  fingerprint: Buffer
  tool: string
  /** The error without what differs from call to call, as people read it. */
  pattern: string
}

const patternCharsMax = 300

/**
 * The fingerprint of a failed call; null where there is none, or it failed without a word, or with
 * values alone.
 */
export function fingerprintOf(
  failed: { tool: string; error?: string } | undefined,
): Fingerprint | null {
  if (!failed?.error?.trim()) return null
  const { tool, error } = failed
  const pattern = storable(normalizeError(error))
  if (!/\p{L}|\d/u.test(pattern)) return null
  const fingerprint = sha256(JSON.stringify([tool, pattern.toLowerCase()]))
  return { fingerprint, tool, pattern: cut(pattern, patternCharsMax) }
}
