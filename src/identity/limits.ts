/** Bounds on what a desk asks of an issuer, whoever wants it and how often. */
export const limits = {
  /** For the discovery documents and the keys together. */
  askMs: 5_000,
  /** How long an answer stands before the issuer is asked again. */
  connectedMs: 30_000,
  refusedMs: 5_000,
  /** Of one organization. */
  answersMax: 50,
  asksMax: 20,
  asksMs: 60_000,
  organizationsMax: 1_000,
  keysMax: 100,
  /** NIST SP 800-57: shorter ones are broken, and verify nothing in the SDK. */
  rsaBitsMin: 2048,
}

export type Limits = typeof limits
