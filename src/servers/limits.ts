/** Bounds on what staff choose for a server, as its forms and its tool keep them. */
export const settingLimits = {
  nameCharsMax: 80,
  slugCharsMax: 40,
  issuerCharsMax: 255,
  claimCharsMax: 200,
  toolTitleCharsMax: 80,
  toolDescriptionCharsMax: 500,
  /** `Other` included. */
  categoriesMax: 20,
} as const

/** What an e-mail or a name of an end-user is looked for by. */
export const endUserSearchCharsMax = 200

/** A server's tickets are counted up to here. */
export const ticketCountMax = 10_000
