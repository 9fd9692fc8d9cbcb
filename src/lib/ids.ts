/** A UUIDv7 (RFC 9562): ordered by the millisecond it was made in. */
export const newId = (): string => Bun.randomUUIDv7()

/** One as it would have been made at another time. */
export const idAt = (at: Date): string => Bun.randomUUIDv7('hex', at)

/** When a UUIDv7 was made, in milliseconds. */
export const madeAtMs = (id: string): number =>
  Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)

/** The id that nothing has. */
export const nilId = '00000000-0000-0000-0000-000000000000'

/** A secret of 256 random bits as base64url. */
export const newSecret = (): string =>
  Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')

export const sha256 = (text: string | Uint8Array): Buffer =>
  new Bun.CryptoHasher('sha256').update(text).digest()
