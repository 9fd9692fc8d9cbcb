export const passwordCharsMin = 10
export const passwordCharsMax = 200

/** Argon2id with the parameters OWASP recommends for it: 19 MiB, two passes, one lane. */
const argon2id = { algorithm: 'argon2id', memoryCost: 19_456, timeCost: 2 } as const

export const hashPassword = (password: string): Promise<string> =>
  Bun.password.hash(password, argon2id)

let decoy: Promise<string> | undefined

/** Takes the same time whether or not there is a hash to compare with. */
export async function verifyPassword(password: string, hash: string | undefined): Promise<boolean> {
  decoy ??= hashPassword('nobody signs in with this')
  const matches = await Bun.password.verify(password, hash ?? (await decoy))
  return matches && hash !== undefined
}
