import { eq, sql } from 'drizzle-orm'
import type { Database } from '#src/db/database.ts'
import {
  cause,
  causeAnswer,
  causeEvent,
  membership,
  organization,
  organizationCounter,
  setupToken,
  staff,
  supportTicket,
  ticketContext,
  ticketEvent,
} from '#src/db/schema.ts'
import type { Scope, Tx } from '#src/db/scope.ts'
import { newSecret } from '#src/lib/ids.ts'
import { addOrganization, withNewOrganization } from '#src/organizations/creating.ts'
import { addAccount } from '#src/staff/creating.ts'
import { hashPassword } from '#src/staff/password.ts'
import { demoStaff } from './content/people.ts'
import { inventTickets } from './inventing.ts'
import { demoDays } from './rhythm.ts'
import { rowsOf } from './rows.ts'
import { plantServers } from './servers.ts'

const name = 'Northwind (demo)'
const slug = 'northwind-demo'
const lock = 7_263_547_002
const dayMs = 24 * 3_600_000

/** Makes the demo's organization with all that is in it, at once, unless there is one. */
export async function plantDemo(database: Database, now = new Date()): Promise<void> {
  // Nobody knows it: the account one signs in with gets its own with every start.
  const passwordHash = await hashPassword(newSecret())
  await withNewOrganization(database, async (tx, scope) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${lock}::bigint)`)
    if ((await tx.$count(organization, eq(organization.demo, true))) > 0) return
    await plantOrganization(tx, scope, new Date(now.getTime() - demoDays * dayMs))
    const staffIds = await plantStaff(tx, scope, passwordHash)
    await plantTickets(tx, scope, staffIds, now)
  })
}

async function plantOrganization(tx: Tx, scope: Scope, createdAt: Date): Promise<void> {
  const taken = async (candidate: string) =>
    !(await addOrganization(tx, scope, { name, slug: candidate })).ok
  for (let n = 1; await taken(n === 1 ? slug : `${slug}-${n}`); n++);
  await tx
    .update(organization)
    .set({ demo: true, createdAt })
    .where(eq(organization.id, scope.organizationId))
}

async function plantStaff(tx: Tx, { organizationId }: Scope, passwordHash: string) {
  await tx.delete(setupToken)
  const ids: string[] = []
  for (const [index, account] of demoStaff.entries()) {
    const staffId = await addOrFindAccount(tx, { ...account, passwordHash })
    const role = index === 0 ? 'owner' : 'member'
    await tx.insert(membership).values({ staffId, organizationId, role })
    ids.push(staffId)
  }
  return ids
}

/** An account of an earlier demo may have stayed, where another organization took it in. */
export async function addOrFindAccount(
  tx: Tx,
  account: Parameters<typeof addAccount>[1],
): Promise<string> {
  const added = await addAccount(tx, account)
  if (added) return added
  const [found] = await tx
    .select({ id: staff.id })
    .from(staff)
    .where(eq(staff.email, account.email))
  if (!found) throw new Error('an account that is neither new nor there')
  return found.id
}

async function plantTickets(tx: Tx, scope: Scope, staffIds: string[], now: Date): Promise<void> {
  const servers = await plantServers(tx, scope, now)
  const { tickets, contexts, events, causes, answers, causeEvents } = rowsOf(
    inventTickets(now),
    servers,
    staffIds,
  )
  await tx.insert(cause).values(causes)
  await tx.insert(causeAnswer).values(answers)
  await tx.insert(causeEvent).values(causeEvents)
  await tx.insert(supportTicket).values(tickets)
  await tx.insert(ticketContext).values(contexts)
  await tx.insert(ticketEvent).values(events)
  await tx
    .update(organizationCounter)
    .set({ ticketNumber: tickets.length })
    .where(eq(organizationCounter.organizationId, scope.organizationId))
}
