import { asc } from 'drizzle-orm'
import type { Database } from '#src/db/database.ts'
import { membership, setupToken, staff } from '#src/db/schema.ts'
import type { Tx } from '#src/db/scope.ts'
import { sha256 } from '#src/lib/ids.ts'
import {
  addOrganization,
  type Organization,
  withNewOrganization,
} from '#src/organizations/creating.ts'
import { addAccount } from '#src/staff/creating.ts'
import { hashPassword } from '#src/staff/password.ts'

type Claim = {
  token: string
  organization: { name: string; slug?: string | undefined }
  name: string
  email: string
  password: string
}
type Claimed =
  | { ok: true; organization: Organization; staffId: string }
  | { ok: false; reason: 'closed' }
  | { ok: false; reason: 'slug'; problem: string }

/**
 * Makes the first organization, its owner, and an end of all setup links, together or not at all.
 * Of claims that come at once, also by different links, one is granted.
 */
export async function claimDesk(database: Database, claim: Claim): Promise<Claimed> {
  const { token, email, name } = claim
  const passwordHash = await hashPassword(claim.password)
  return withNewOrganization(database, async (tx, scope) => {
    if (!(await mayClaim(tx, token))) return { ok: false, reason: 'closed' }
    const added = await addOrganization(tx, scope, claim.organization)
    if (!added.ok) return { ...added, reason: 'slug' }
    const staffId = await addAccount(tx, { email, name, passwordHash })
    if (!staffId) throw new Error('an account without staff')
    const { organizationId } = scope
    await tx.insert(membership).values({ staffId, organizationId, role: 'owner' })
    await tx.delete(setupToken)
    return { ok: true, organization: added.organization, staffId }
  })
}

/** Locks all links, so that claims queue up; the next one finds them gone, or finds an account. */
async function mayClaim(tx: Tx, token: string): Promise<boolean> {
  const links = await tx.select().from(setupToken).orderBy(asc(setupToken.tokenHash)).for('update')
  const hash = sha256(token)
  if (!links.some(({ tokenHash }) => hash.equals(tokenHash))) return false
  return (await tx.$count(staff)) === 0
}
