import { and, eq, gt } from 'drizzle-orm'
import type { Database } from '#src/db/database.ts'
import { invitation, organization, staff } from '#src/db/schema.ts'
import { unscoped } from '#src/db/scope.ts'
import { sha256 } from '#src/lib/ids.ts'

export type Invitation = {
  organization: { slug: string; name: string }
  role: 'owner' | 'member'
  invitedBy: string
  expiresAt: Date
}

/** What an invitation's link leads to, while it can be used. */
export async function readInvitation(
  database: Database,
  token: string,
): Promise<Invitation | null> {
  const [found] = await unscoped(database, 'invitation', (db) =>
    db
      .select({
        organization: { slug: organization.slug, name: organization.name },
        role: invitation.role,
        invitedBy: staff.name,
        expiresAt: invitation.expiresAt,
      })
      .from(invitation)
      .innerJoin(organization, eq(organization.id, invitation.organizationId))
      .innerJoin(staff, eq(staff.id, invitation.invitedBy))
      .where(and(eq(invitation.tokenHash, sha256(token)), gt(invitation.expiresAt, new Date()))),
  )
  return found ?? null
}
