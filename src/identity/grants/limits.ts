const dayMs = 24 * 3_600_000

/** A grant ends when it was not refreshed for this long, and this long after its consent anyway. */
export const grantIdleMs = 30 * dayMs
export const grantDaysMax = 365

/** Grants of one end-user that are alive; the oldest are revoked. */
export const grantsMax = 200

/** Windows of one client refresh at once: for this long, an old refresh token is no theft. */
export const replayGraceMs = 30_000

/** Dead grants, and codes, are kept to notice who uses them again. */
export const deadGrantsKeptMs = 30 * dayMs
export const codesKeptMs = dayMs
