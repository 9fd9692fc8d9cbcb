import type { World } from './world.ts'

/** Lets eleven minutes pass, so that who raises the same again has a ticket of its own. */
export async function later({ database: { owner } }: Pick<World, 'database'>): Promise<void> {
  const past = "interval '11 minutes'"
  for (const table of ['support_ticket', 'ticket_occurrence'])
    await owner.unsafe(`update ${table} set created_at = created_at - ${past}`)
}
