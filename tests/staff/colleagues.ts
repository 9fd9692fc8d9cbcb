import { createStaff } from '#src/staff/creating.ts'
import { factsAbout, plantSession } from '../walls/facts.ts'
import type { TestOrganization, World } from '../world.ts'

/** A new member of an organization, signed in. Who makes them an owner does it as an owner would. */
export async function join(
  world: World,
  organization: TestOrganization,
  role: 'owner' | 'member' = 'member',
) {
  const { colleague: id } = await factsAbout(world, organization)
  const { organizationId } = organization.scope
  await world.database.owner`update membership set role = ${role}
    where staff_id = ${id} and organization_id = ${organizationId}`
  const { cookie } = await plantSession(world, id)
  return { id, cookie }
}

/** Who belongs to an organization, by their ids. */
export async function rolesIn(world: World, { scope }: TestOrganization) {
  const rows = await world.database.owner`
    select staff_id, role from membership where organization_id = ${scope.organizationId}`
  return Object.fromEntries(rows.map((row) => [row.staff_id, row.role])) as Record<string, string>
}

/** Starts work that needs rows which another transaction holds, so that all of it goes on at once. */
export async function atOnce<T>(
  world: World,
  table: 'setup_token' | 'invitation' | 'password_reset',
  start: () => Promise<T>[],
): Promise<T[]> {
  let started: Promise<T>[] = []
  await world.database.owner.begin(async (tx) => {
    await tx`select * from ${tx(table)} for update`
    started = start()
    await Bun.sleep(500)
  })
  return Promise.all(started)
}

/** An account with a password, in the other organization only. */
export async function outsider(world: World, email: string, password: string) {
  const { organizationId } = world.southwind.scope
  const made = await createStaff(world.database, { organizationId, email, name: 'Kim', password })
  if (!made.ok) throw new Error(made.problem)
  return made
}

/** Starts work while somebody's password is being replaced, which ends once the work waits for it. */
export async function whileReplaced<T>(
  world: World,
  { id, passwordHash }: { id: string; passwordHash: string },
  start: () => Promise<T>,
): Promise<T> {
  const { owner } = world.database
  const started = await owner.begin(async (tx) => {
    await tx`update staff set password_hash = ${passwordHash} where id = ${id}`
    await tx`delete from session where staff_id = ${id}`
    let isDone = false
    const work = start().finally(() => {
      isDone = true
    })
    for (let isWaiting = false; !isDone && !isWaiting; ) {
      const [row] = await owner`
        select count(*)::int as n from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock'`
      isWaiting = row?.n > 0
    }
    return () => work
  })
  return started()
}
