import { randomInt } from 'node:crypto'
import { and, eq, gt, sql } from 'drizzle-orm'
import { mailedCode } from '#src/db/schema.ts'
import { inScope } from '#src/db/scope.ts'
import { newSecret, sha256 } from '#src/lib/ids.ts'
import type { Issuer } from '../../queries.ts'
import { code as limits } from '../limits.ts'

/**
 * What a code is asked for: with a name, to make an account; with a password alone, to replace that
 * of the account; with neither, to sign in.
 */
export type Asked = { email: string; name: string | null; passwordHash: string | null }

export type Tried =
  | { ok: true; asked: Asked }
  | { ok: false; reason: 'wrong'; triesLeft: number }
  | { ok: false; reason: 'gone' }

const here = ({ scope, serverId }: Issuer, token: string) =>
  and(
    eq(mailedCode.organizationId, scope.organizationId),
    eq(mailedCode.mcpServerId, serverId),
    eq(mailedCode.tokenHash, sha256(token)),
  )

const hashOf = (token: string, code: string) => sha256(`${token} ${code}`)

/** Makes a code, and the token that the browser has to show with it. */
export async function makeCode(
  { scope, serverId }: Issuer,
  asked: Asked,
): Promise<{ token: string; code: string }> {
  const token = newSecret()
  const code = String(randomInt(10 ** limits.digits)).padStart(limits.digits, '0')
  await inScope(scope, async (tx) => {
    await tx.insert(mailedCode).values({
      organizationId: scope.organizationId,
      mcpServerId: serverId,
      tokenHash: sha256(token),
      codeHash: hashOf(token, code),
      ...asked,
      triesLeft: limits.triesMax,
      expiresAt: new Date(Date.now() + limits.lastsMs),
    })
  })
  return { token, code }
}

const canBeTried = (issuer: Issuer, token: string) =>
  and(here(issuer, token), gt(mailedCode.triesLeft, 0), gt(mailedCode.expiresAt, new Date()))

/** What a browser's code is for, while it can be tried. */
export async function findCode(issuer: Issuer, token: string): Promise<Asked | null> {
  const [found] = await inScope(issuer.scope, (tx) =>
    tx
      .select({
        email: mailedCode.email,
        name: mailedCode.name,
        passwordHash: mailedCode.passwordHash,
      })
      .from(mailedCode)
      .where(canBeTried(issuer, token)),
  )
  return found ?? null
}

/** Tries a code. One statement takes the try, whoever else tries at once; the right one is used up. */
export const tryCode = (issuer: Issuer, token: string, code: string): Promise<Tried> =>
  inScope(issuer.scope, async (tx) => {
    const [row] = await tx
      .update(mailedCode)
      .set({ triesLeft: sql`${mailedCode.triesLeft} - 1` })
      .where(canBeTried(issuer, token))
      .returning()
    if (!row) return { ok: false, reason: 'gone' }
    const { codeHash, triesLeft, email, name, passwordHash } = row
    if (!hashOf(token, code).equals(codeHash)) return { ok: false, reason: 'wrong', triesLeft }
    await tx.delete(mailedCode).where(here(issuer, token))
    return { ok: true, asked: { email, name, passwordHash } }
  })
