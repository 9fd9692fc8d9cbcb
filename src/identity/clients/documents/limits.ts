/** Bounds on what the desk reads of others because a stranger named it. */
export const limits = {
  /** For the look-up, the connection and the document together. */
  readMs: 3_000,
  documentBytesMax: 5_120,

  /** How long a document stands, whatever its host says (RFC 9111), and where it says nothing. */
  freshMsMin: 10 * 60_000,
  freshMsMax: 24 * 3_600_000,

  /** How long one that could not be used is not asked for again. */
  failedMs: 30_000,
  failedMax: 1_000,
  /** Documents on their way, and how often one host is asked. */
  readsAtOnce: 16,
  readsPerHost: 30,
  readsPerHostMs: 60_000,
  hostsMax: 1_000,

  /** How often, and how long, it is tried whether the internet can be reached. */
  triedEveryMs: 3_600_000,
  tryMs: 2_000,
}

export type Limits = typeof limits
