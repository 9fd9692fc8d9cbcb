import type { Status } from '#src/tickets/ticket.ts'
import type { Chance } from './chance.ts'
import { demoStaff } from './content/people.ts'
import { whenStaffed } from './rhythm.ts'

/** A step that someone of the staff took. */
export type Step = { status: Status; at: Date; staff: number }

const hourMs = 3_600_000
const lookedAtHours = 1.5
const solvedHours = { Bug: 16, 'Feature request': 60 } as Record<string, number>
const solvedHoursElse = 6

/** The staff take turns, the first ones more often. */
const someone = (chance: Chance): number =>
  chance.weighted([...demoStaff.keys()], (index) => 5 - index)

/** What became of a ticket until now: a walk that ends where it would go beyond. */
export function courseOf(
  chance: Chance,
  ticket: { category: string; createdAt: Date },
  now: Date,
): Step[] {
  const steps: Step[] = []
  const step = (status: Status, afterHours: number, staff: number) => {
    const since = steps.at(-1)?.at ?? ticket.createdAt
    const at = whenStaffed(chance, new Date(since.getTime() + Math.ceil(afterHours * hourMs)))
    steps.push({ status, at, staff })
  }
  const solver = someone(chance)
  const hours = chance.around(solvedHours[ticket.category] ?? solvedHoursElse)
  const isSmall = chance.happens(0.3)
  if (!isSmall) step('in_progress', chance.around(lookedAtHours), solver)
  if (chance.happens(ticket.category === 'Feature request' ? 0.85 : 0.98)) {
    step('closed', isSmall ? chance.around(3) : hours, solver)
    if (chance.happens(0.07)) {
      step(chance.pick(['open', 'in_progress']), chance.around(20), someone(chance))
      step('closed', chance.around(24), solver)
    }
  }
  return until(steps, now)
}

/** All tickets of an outage are closed together, when it is over. */
export function courseOfOutage(chance: Chance, solvedAt: Date, createdAt: Date, now: Date): Step[] {
  const begun = new Date(createdAt.getTime() + Math.ceil(chance.around(0.8) * hourMs))
  const closed = new Date(solvedAt.getTime() + chance.whole(20, 1_500) * 1_000)
  const steps: Step[] = [{ status: 'closed', at: closed, staff: 1 }]
  if (begun < solvedAt && chance.happens(0.4))
    steps.unshift({ status: 'in_progress', at: begun, staff: chance.whole(0, 1) })
  return until(steps, now)
}

const until = (steps: Step[], now: Date): Step[] => {
  const beyond = steps.findIndex(({ at }) => at > now)
  return beyond < 0 ? steps : steps.slice(0, beyond)
}
