import { newSecret, sha256 } from '#src/lib/ids.ts'

/** A refresh token, as it is stored: the part that its family shares, and the part that is its own. */
export type RefreshHashes = { family: Buffer; newest: Buffer }

type Made = { token: string; hashes: RefreshHashes }

const shape = /^rt_([\w-]{43})([\w-]{43})$/

/** A token that begins a family. */
export const newFamily = (): Made => tokenOf(newSecret())

/** The next token of a family, and what was sent as its newest; null where it is no refresh token. */
export function nextOf(token: string): { sent: RefreshHashes; next: Made } | null {
  const sent = hashesOf(token)
  const family = shape.exec(token)?.[1]
  return sent && family ? { sent, next: tokenOf(family) } : null
}

export function hashesOf(token: string): RefreshHashes | null {
  const [, family, newest] = shape.exec(token) ?? []
  return family && newest ? { family: sha256(family), newest: sha256(newest) } : null
}

function tokenOf(family: string): Made {
  const newest = newSecret()
  return {
    token: `rt_${family}${newest}`,
    hashes: { family: sha256(family), newest: sha256(newest) },
  }
}
