import { afterAll, beforeEach, expect, test } from 'bun:test'
import { readAnalytics } from '#src/analytics/queries.ts'
import { plantCause } from '../tickets/causes.ts'
import { textOf } from '../views/parse.ts'
import { issuer, makeWorld, type TestOrganization, type World } from '../world.ts'

const world: World = await makeWorld()
const { northwind, southwind } = world
for (const organization of [northwind, southwind])
  await plantCause(world, organization, { number: 1, pattern: 'pattern' })
const numbers = new Map<TestOrganization, number>()

beforeEach(async () => {
  await world.database.owner`delete from support_ticket`
  numbers.clear()
})
afterAll(() => world.close())

type Raised = {
  /** Before now. */
  daysAgo: number
  isAnswered?: boolean
  email?: string
  subject?: string
  server?: 'none' | 'external'
  status?: 'open' | 'spam'
}

/** A ticket that arrived then; tickets are raised in the order of their arrival. */
async function raise(of: TestOrganization, raised: Raised) {
  const { daysAgo, isAnswered = false, email, subject, server = 'external', status } = raised
  const number = (numbers.get(of) ?? 0) + 1
  numbers.set(of, number)
  const proof = subject ? 'vouched' : email ? 'email' : 'erased'
  await world.database.owner`
    insert into support_ticket (organization_id, id, number, mcp_server_id, title, description,
        category, reporter_proof, mcp_user_issuer, mcp_user_id, user_email, cause, answer_version,
        trail, status, idempotency_key, request_hash, raised_at, created_at, updated_at)
    select ${of.scope.organizationId}, uuidv7(), ${number}, s.id, 'Title', 'Text', 'Bug',
        ${proof}::reporter_proof, ${subject ? issuer : null}, ${subject ?? null}, ${email ?? null}, 1,
        ${isAnswered ? 1 : null}, 'x', ${status ?? 'open'}::ticket_status, ${`${number}`}, '\\x00',
        at.time, at.time, at.time
      from mcp_server s, (select now() - ${daysAgo} * interval '1 day' as time) at
     where s.organization_id = ${of.scope.organizationId} and s.slug = ${of.servers[server].slug}`
}

/** A ticket was raised again, so many minutes after it arrived; it was answered then or at first. */
async function raiseAgain(minutes: number, { answeredAfter = 0 } = {}) {
  const { owner } = world.database
  const number = numbers.get(northwind) ?? 0
  const after = (of: number) => owner`s.created_at + ${of} * interval '1 minute'`
  const its = owner`support_ticket s
    where s.organization_id = ${northwind.scope.organizationId} and s.number = ${number}`
  await owner`update support_ticket s set occurrences = occurrences + 1
    where s.organization_id = ${northwind.scope.organizationId} and s.number = ${number}`
  await owner`
    insert into ticket_occurrence (organization_id, ticket_id, id, mcp_server_id, title, description,
        idempotency_key, request_hash, raised_at, created_at)
    select s.organization_id, s.id, uuidv7(), s.mcp_server_id, 'Title', '', uuidv7()::text, '\\x00',
        ${after(minutes)}, ${after(minutes)} from ${its}`
  await owner`
    insert into ticket_event (organization_id, ticket_id, id, action, new_value, created_at)
    select s.organization_id, s.id, uuidv7(), 'answered', '1', ${after(answeredAfter)} from ${its}`
}

async function avoided(days: 7 | 30 | 90 = 30) {
  const { analytics } = await readAnalytics(northwind.scope, { days })
  if (typeof analytics === 'string' || !analytics.avoided) throw new Error('not counted')
  const { answered, avoided: quiet, recent } = analytics.avoided
  return [answered.n, quiet.n, recent.n, answered.before, quiet.before, recent.before]
}

test('an answer after which nothing more came for 7 days is a ticket avoided', async () => {
  await raise(northwind, { daysAgo: 40, isAnswered: true, subject: 'u-1' })
  await raise(northwind, { daysAgo: 20, isAnswered: true, subject: 'u-1' })
  await raise(northwind, { daysAgo: 12.9, subject: 'u-1' })
  expect(await avoided()).toEqual([1, 1, 0, 1, 1, 0])
})

test('who raises another ticket at that server within 7 days was not helped', async () => {
  await raise(northwind, { daysAgo: 20, isAnswered: true, subject: 'u-1' })
  await raise(northwind, { daysAgo: 20, isAnswered: true, email: 'ana@fjord.example' })
  await raise(northwind, { daysAgo: 13.1, subject: 'u-1' })
  // Without a proof, whoever gives the address is taken for the same.
  await raise(northwind, { daysAgo: 13.1, subject: 'u-2', email: 'ana@fjord.example' })
  expect(await avoided()).toEqual([2, 0, 0, 0, 0, 0])
})

test('who raises the same again after the answer was not helped; a retry says nothing', async () => {
  const answered = { daysAgo: 20, isAnswered: true }
  await raise(northwind, { ...answered, subject: 'u-1' })
  await raiseAgain(9)
  await raise(northwind, { ...answered, subject: 'u-2' })
  await raiseAgain(0.9)
  expect(await avoided()).toEqual([2, 1, 0, 0, 0, 0])
  await raiseAgain(10)
  expect(await avoided()).toEqual([2, 0, 0, 0, 0, 0])
})

test('what was raised again before its reporter had the answer does not count against it', async () => {
  await raise(northwind, { daysAgo: 20, isAnswered: true, subject: 'u-1' })
  await raiseAgain(9, { answeredAfter: 9 })
  expect(await avoided()).toEqual([1, 1, 0, 0, 0, 0])
  await raiseAgain(18, { answeredAfter: 18 })
  expect(await avoided()).toEqual([1, 0, 0, 0, 0, 0])
})

test('a ticket at another server, of somebody else, in spam or in another organization says nothing', async () => {
  const email = 'ana@fjord.example'
  await raise(northwind, { daysAgo: 20, isAnswered: true, subject: 'u-1', email })
  await raise(southwind, { daysAgo: 20, isAnswered: true, subject: 'u-1', email })
  for (const organization of [northwind, southwind]) {
    await raise(organization, { daysAgo: 19, subject: 'u-1', server: 'none' })
    await raise(organization, { daysAgo: 19, subject: 'u-1', status: 'spam' })
    await raise(organization, { daysAgo: 19, subject: 'u-2', email })
    await raise(organization, { daysAgo: 19, email })
  }
  await raise(southwind, { daysAgo: 19, subject: 'u-1' })
  expect(await avoided()).toEqual([1, 1, 0, 0, 0, 0])
})

test('an answer of the last 7 days is too recent to tell, unless the reporter came back', async () => {
  await raise(northwind, { daysAgo: 6.9, isAnswered: true, email: 'ana@fjord.example' })
  await raise(northwind, { daysAgo: 6.9, isAnswered: true, email: 'bo@fjord.example' })
  await raise(northwind, { daysAgo: 1, email: 'bo@fjord.example' })
  expect(await avoided()).toEqual([2, 0, 1, 0, 0, 0])
})

test('who was erased, or gave nothing, is not counted, and neither is spam', async () => {
  await raise(northwind, { daysAgo: 20, isAnswered: true })
  await raise(northwind, { daysAgo: 20, isAnswered: true, email: 'a@a.example', status: 'spam' })
  expect(await avoided()).toEqual([0, 0, 0, 0, 0, 0])
})

test('of very many next tickets elsewhere the first are looked at, and nothing is claimed', async () => {
  await raise(northwind, { daysAgo: 20, isAnswered: true, subject: 'u-1' })
  for (let n = 0; n < 19; n++)
    await raise(northwind, { daysAgo: 19, subject: 'u-1', server: 'none' })
  expect(await avoided()).toEqual([1, 1, 0, 0, 0, 0])
  await raise(northwind, { daysAgo: 19, subject: 'u-1', server: 'none' })
  expect(await avoided()).toEqual([1, 0, 0, 0, 0, 0])
})

test('the page and the CSV say it, and what it is', async () => {
  await raise(northwind, { daysAgo: 20, isAnswered: true, subject: 'u-1' })
  await raise(northwind, { daysAgo: 1, isAnswered: true, subject: 'u-1' })
  const cookie = await world.signIn(northwind.staff.email)
  const page = await (await world.ask('/northwind/analytics', { cookie })).text()
  expect(textOf(page)).toContain('Tickets avoided 1 of 2 answers, 1 too recent to tell')
  expect(textOf(page)).toContain(
    'raised no further ticket at that server within 7 days, nor that one again',
  )
  const csv = await (await world.ask('/northwind/analytics.csv', { cookie })).text()
  const of = (figure: string) => csv.split('\r\n').find((line) => line.startsWith(`"${figure}",`))
  expect(of('answered')).toContain(',"2","0",')
  expect(of('avoided')).toContain(',"1","0",')
  expect(of('too_recent_to_tell')).toContain(',"1","0",')
  expect(of('cause')).toStartWith('"cause","1",')
  expect(of('cause')).toEndWith('"pattern"')
})
