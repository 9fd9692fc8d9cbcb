/** Bounds on everything a ticket carries. The SDK cuts to them, the desk refuses or cuts beyond. */
export const limits = {
  titleCharsMin: 3,
  titleCharsMax: 200,
  descriptionCharsMax: 4000,
  categoryCharsMax: 40,
  emailCharsMax: 254,
  identityCharsMax: 255,
  /** Of a person, a tool, a client, a server, a version. */
  nameCharsMax: 200,
  idempotencyKeyCharsMax: 255,
  /** `DOCUAPI-1042`: a slug and a number. */
  referenceCharsMax: 60,
  /** Of a receipt; what a desk sends beyond is cut. */
  answerCharsMax: 900,
  checkedTicketsMax: 5,

  callsMax: 10,
  callsAgeMsMax: 10 * 60_000,
  durationMsMax: 24 * 60 * 60_000,
  stringBytesMax: 2048,
  callBytesMax: 4096,
  contextBytesMax: 32 * 1024,
  depthMax: 6,
  keysMax: 50,

  bodyBytesMax: 256 * 1024,
  answerWithinMs: 5000,
} as const
