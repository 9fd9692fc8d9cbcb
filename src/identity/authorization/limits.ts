import type { Rate } from '#src/db/bucket.ts'

/** An authorization request as a query: it has to come back whole within another address. */
export const requestCharsMax = 4_000

export const codeLivesMs = 60_000

/** Consents of one end-user: each may become a grant. */
export const consentsPerPerson: Rate = { burst: 60, perHour: 240 }
