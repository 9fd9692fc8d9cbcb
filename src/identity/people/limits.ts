import type { Rate } from '#src/db/bucket.ts'

/** Failed sign-ins: at one account from one network; from one; and at one account from anywhere. */
export const signInRates = {
  here: { burst: 8, perHour: 60 },
  network: { burst: 30, perHour: 240 },
  account: { burst: 100, perHour: 600 },
} satisfies Record<string, Rate>

/** Mails: to one address, asked for from one network; from one; and to one address from anywhere. */
export const mailRates = {
  here: { burst: 5, perHour: 10 },
  network: { burst: 30, perHour: 120 },
  account: { burst: 20, perHour: 20 },
} satisfies Record<string, Rate>

/** Browsers somebody is signed in with; the oldest end. */
export const sessionsMax = 50

/** Accounts made, or tried to be, from one network. */
export const signUpRate: Rate = { burst: 10, perHour: 30 }

/**
 * Eight digits and five tries: whoever has twenty codes mailed an hour, all that the rates let
 * through, guesses one in a million an hour. Six digits would fall to a patient guesser in months.
 */
export const code = { digits: 8, triesMax: 5, lastsMs: 600_000 }
