import type { Rate } from '#src/db/bucket.ts'

/** Bounds on what clients say of themselves, how many there are, and how often new ones come. */
export const limits = {
  registrationBytesMax: 16_384,
  redirectUrisMax: 10,
  uriCharsMax: 2_000,
  nameCharsMax: 100,

  /** Of one server. Where there are more, the oldest that nobody is signed in by make room. */
  clientsMax: 10_000,
  /** Kept without ever being let in: at least as long as `registrationsHere` needs to fill a server. */
  neverUsedKeptMs: 24 * 3_600_000,
  /** Kept after it was let in last, unless somebody is still signed in by it. */
  unusedKeptMs: 180 * 24 * 3_600_000,
}

/** Registrations at one server: from one network, and from anywhere. */
export const registrationsPerNetwork: Rate = { burst: 60, perHour: 240 }
export const registrationsHere: Rate = { burst: 300, perHour: 1_200 }

/** Metadata documents to read for one server: named from one network; and new ones from anywhere. */
export const documentsPerNetwork: Rate = { burst: 20, perHour: 120 }
export const documentsHere: Rate = { burst: 100, perHour: 600 }
