import { and, asc, desc, eq, inArray, isNull, like } from 'drizzle-orm'
import { mcpServer, membership, serverKey, staff } from '#src/db/schema.ts'
import { inScope, type Scope, type Tx } from '#src/db/scope.ts'
import { newSecret, sha256 } from '#src/lib/ids.ts'
import { activeKeysMax } from '#src/servers/keys.ts'
import { hashPassword } from '#src/staff/password.ts'
import { demoStaff } from './content/people.ts'
import { demoServers } from './content/servers.ts'
import { addOrFindAccount } from './planting.ts'

const passwordChars = 16

/** How to get in, new with every start: nobody has to keep it. */
export type Entrance = {
  email: string
  password: string
  /** The server that the DocuAPI example speaks for; null when the staff deleted it. */
  docuApi: { slug: string; key: string } | null
}

/** Gives the demo's first account a new password, and the DocuAPI example a new key. */
export async function openEntrance(scope: Scope): Promise<Entrance> {
  const [account] = demoStaff
  const password = newSecret().slice(0, passwordChars)
  const passwordHash = await hashPassword(password)
  return inScope(scope, async (tx) => {
    const staffId = await addOrFindAccount(tx, { ...account, passwordHash })
    await tx.update(staff).set({ passwordHash }).where(eq(staff.id, staffId))
    await tx
      .insert(membership)
      .values({ staffId, organizationId: scope.organizationId, role: 'owner' })
      .onConflictDoUpdate({
        target: [membership.staffId, membership.organizationId],
        set: { role: 'owner' },
      })
    return { email: account.email, password, docuApi: await renewKey(tx, scope) }
  })
}

/** One key, which takes the place of the one before; of those that the staff made, the newest stays. */
async function renewKey(tx: Tx, { organizationId }: Scope): Promise<Entrance['docuApi']> {
  const [server] = await tx
    .select({ id: mcpServer.id, slug: mcpServer.slug })
    .from(mcpServer)
    .where(
      and(
        eq(mcpServer.organizationId, organizationId),
        like(mcpServer.slug, `${demoServers[0].slug}%`),
      ),
    )
    .orderBy(asc(mcpServer.createdAt))
    .for('no key update')
  if (!server) return null
  const key = `sk_${newSecret()}`
  const made = { keyHash: sha256(key), ending: key.slice(-4), createdAt: new Date() }
  await tx
    .insert(serverKey)
    // Its id is the server's, by which the next start finds it.
    .values({ organizationId, id: server.id, mcpServerId: server.id, kind: 'secret', ...made })
    .onConflictDoUpdate({
      target: [serverKey.organizationId, serverKey.id],
      set: { ...made, revokedAt: null, lastUsedAt: null },
    })
  await revokeSurplus(tx, organizationId, server.id)
  return { slug: server.slug, key }
}

/** Leaves the newest secret keys, and so the one just made. */
async function revokeSurplus(tx: Tx, organizationId: string, mcpServerId: string): Promise<void> {
  const active = and(
    eq(serverKey.organizationId, organizationId),
    eq(serverKey.mcpServerId, mcpServerId),
    eq(serverKey.kind, 'secret'),
    isNull(serverKey.revokedAt),
  )
  const surplus = tx
    .select({ id: serverKey.id })
    .from(serverKey)
    .where(active)
    .orderBy(desc(serverKey.createdAt))
    .offset(activeKeysMax)
  await tx
    .update(serverKey)
    .set({ revokedAt: new Date() })
    .where(and(active, inArray(serverKey.id, surplus)))
}
