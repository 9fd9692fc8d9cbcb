import { sha256 } from '#src/lib/ids.ts'
import type { Reporter } from './ticket.ts'

/** Whom a proof tells from all others: a subject at its issuer (OpenID Connect Core 5.7). */
export type Person = { issuer: string; subject: string }

/** The person behind a reporter, or null: an address that anyone can type is nobody in particular. */
export const personOf = ({ proof, issuer, subject }: Reporter): Person | null =>
  (proof === 'vouched' || proof === 'signed_in') && issuer && subject ? { issuer, subject } : null

/** Whether anything tells a reporter from others: a proof, or at least an address. */
export const isKnown = (reporter: Reporter): boolean =>
  reporter.proof === 'email' ? Boolean(reporter.email) : personOf(reporter) !== null

/** Name of the rate bucket of a reporter; no word of theirs stands in it. */
export const reporterBucket = (reporter: Reporter): string =>
  `reporter ${digestOf(reporter).toString('base64url')}`

/** The same of what they look up. */
export const checkBucket = (reporter: Reporter): string => `check ${reporterBucket(reporter)}`

/** To count different reporters by, or null where nothing tells one from others: 12 bytes. */
export const reporterHash = (reporter: Reporter): Buffer | null =>
  isKnown(reporter) ? digestOf(reporter).subarray(0, hashBytes) : null

const hashBytes = 12

function digestOf({ proof, email, issuer, subject }: Reporter): Buffer {
  return sha256(JSON.stringify(proof === 'email' ? [email] : [issuer, subject]))
}
