import type { ParsedTicket } from '#src/intake/input.ts'
import { type Chance, chanceOf } from './chance.ts'
import { type Person, people } from './content/people.ts'
import type { Problem } from './content/problem.ts'
import { type DemoServer, demoServers, outages } from './content/servers.ts'
import { fill, slotsFor } from './content/slots.ts'
import { courseOf, courseOfOutage, type Step } from './course.ts'
import { arrivals, demoDays } from './rhythm.ts'
import { sessionOf } from './session.ts'

/** A ticket as an MCP server would have sent it, and what became of it. */
export type InventedTicket = {
  /** Index in `demoServers`. */
  server: number
  input: ParsedTicket
  priority: 'normal' | 'high'
  createdAt: Date
  steps: Step[]
}

type Cause = {
  createdAt: Date
  server: number
  problem: Problem
  person: Person
  /** Of an outage only. */
  solvedAt?: Date
}

const hourMs = 3_600_000
const newestAgoMs = 4 * 60_000
const seed = 20_261_122

/** The tickets of the ninety days before `now`, in order of arrival; always the same ones. */
export function inventTickets(now: Date): InventedTicket[] {
  const chance = chanceOf(seed)
  const usual = arrivals(chance, now).map((createdAt): Cause => {
    const server = demoServers.indexOf(chance.weighted(demoServers, ({ share }) => share))
    const problem = chance.weighted(demoServers[server]?.problems ?? [], weightOf)
    return { createdAt, server, problem, person: chance.weighted(people, weightOfPerson) }
  })
  return [...usual, ...outages.flatMap((outage) => causesOf(chance, outage, now))]
    .filter(({ createdAt }) => createdAt.getTime() <= now.getTime() - newestAgoMs)
    .sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime())
    .map((cause) => invent(chance, cause, now))
}

const weightOf = ({ weight = 3 }: Problem) => weight

/** Many at first, then fewer, as people hear of it. */
function causesOf(chance: Chance, outage: (typeof outages)[number], now: Date): Cause[] {
  const startedAt = now.getTime() - outage.startedHoursAgo * hourMs
  const solvedAt = new Date(startedAt + (outage.hours + 1) * hourMs)
  const { server, problem, hours, tickets } = outage
  return Array.from({ length: tickets }, (_, index) => {
    const after = chance.between(0, 1) ** 1.4 * hours * hourMs
    const createdAt = new Date(Math.floor(startedAt + after))
    // Everyone writes once, in their own words.
    const person = people[(index * 11) % people.length] as Person
    const titles = problem.titles.slice(index % problem.titles.length).slice(0, 1)
    return { createdAt, server, problem: { ...problem, titles }, person, solvedAt }
  })
}

/** Those that waited at their server while the desk was away. */
const waitedShare = 0.03

function invent(chance: Chance, cause: Cause, now: Date): InventedTicket {
  const { createdAt, server: index, problem, person, solvedAt } = cause
  const server = demoServers[index] as DemoServer
  const slots = slotsFor(chance, createdAt)
  const age = (now.getTime() - createdAt.getTime()) / (demoDays * 24 * hourMs)
  const waited = age < 0.99 && chance.happens(waitedShare)
  const waitedMs = waited ? chance.whole(3, 70) * 60_000 : 0
  const raisedAt = new Date(createdAt.getTime() - waitedMs)
  const { name, email, subject } = person
  return {
    server: index,
    input: {
      title: fill(chance.pick(problem.titles), slots),
      description: fill(chance.pick(problem.descriptions), slots),
      category: problem.category,
      ...(server.auth === 'none'
        ? { email }
        : { reporter: { issuer: server.issuer ?? '', subject, email, name } }),
      context: sessionOf(chance, server, problem, { raisedAt, age, slots }),
      raisedAt: raisedAt.toISOString(),
    },
    priority: problem.urgent && chance.happens(0.4) ? 'high' : 'normal',
    createdAt,
    steps: solvedAt
      ? courseOfOutage(chance, solvedAt, createdAt, now)
      : courseOf(chance, { category: problem.category, createdAt }, now),
  }
}

/** A few write often, most once or twice. */
const weightOfPerson = (person: Person) => 1 + 12 / (people.indexOf(person) + 2)
