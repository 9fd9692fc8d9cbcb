/** Bounds on what a token and an issuer may make us read. */
export const limits = {
  /** Servers take no longer header than 16 kB by default. */
  tokenCharsMax: 16 * 1024,
  documentBytesMax: 256 * 1024,
  addressCharsMax: 2_000,
  /** How far the clocks of issuer and server may differ, in seconds. */
  clockToleranceS: 5,
} as const

/** Every wait of the verifier, in milliseconds. Tests shorten them; hosts cannot. */
export const timing = {
  /** For the discovery documents and the keys together. */
  fetchMs: 5_000,
  /** How old keys may be before they are fetched again. */
  keysFreshMs: 10 * 60_000,
  /** How long a token waits for that, when its key is known. */
  refreshWaitMs: 1_000,
  /** How long keys are trusted while their issuer cannot be reached. */
  keysKeptMs: 24 * 60 * 60_000,
  /** Between two fetches, whatever keys the tokens name. */
  cooldownMs: 30_000,
  /** After a fetch that failed. */
  retryMs: 5_000,
}

export type Timing = typeof timing
