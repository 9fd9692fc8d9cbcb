import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import type { Receipt } from '#sdk/contract.ts'
import { saveAnswer } from '#src/causes/answering/saving.ts'
import { addKey } from '#src/servers/keys.ts'
import { blockReporter } from '#src/tickets/blocking.ts'
import { changeStatus } from '#src/tickets/changing.ts'
import { mergeTicket } from '#src/tickets/merging/merging.ts'
import { later } from '../later.ts'
import { jsonOf, makeWorld, reporter, type TestServer, type World } from '../world.ts'

let world: World
let people = 0
/** One who is signed in, and one who is not, in a session of their own. */
let ana: typeof reporter
let kim: { email: string; context: { sessionId: string; calls: object[] } }
beforeAll(async () => {
  world = await makeWorld()
})
beforeEach(async () => {
  people += 1
  ana = { ...reporter, subject: `u-${people}` }
  kim = { email: 'kim@fjord.example', context: { sessionId: `s-${people}`, calls: [] } }
  await world.database.owner`delete from rate_bucket`
})
afterAll(() => world.close())

const titles = [
  'CSV export of large reports fails with 504',
  'CSV export of large reports fails',
  'CSV export fails with 504',
  'CSV export fails',
  'csv export failing',
]
const text = { title: titles[0], description: 'Every export ends in 504.' }
const failing = (error: string, sessionId?: string) => ({
  sessionId,
  calls: [{ tool: 'export_csv', at: '2026-11-22T10:00:00Z', outcome: 'error', error }],
})

const raise = (ticket: object, key: string = crypto.randomUUID(), to?: TestServer) => {
  const { external, none } = world.northwind.servers
  const server = to ?? ('reporter' in ticket ? external : none)
  return world.ask(`/s/${server.slug}/api/support`, {
    key: server.key,
    json: { ...text, ...ticket },
    headers: { 'idempotency-key': key },
  })
}
const receipt = async (response: Response | Promise<Response>) => jsonOf<Receipt>(await response)
const numberIn = async (response: Response | Promise<Response>) =>
  Number((await receipt(response)).reference.split('-').at(-1))
const raised = (ticket: object, to?: TestServer) => numberIn(raise(ticket, undefined, to))
const ours = () => world.northwind.scope.organizationId
const stored = async (number: number) => {
  const [row] = await world.database.owner`select * from support_ticket
    where organization_id = ${ours()} and number = ${number}`
  return row ?? {}
}
const occurrencesOf = (number: number) => world.database.owner`
  select o.* from ticket_occurrence o
    join support_ticket t on t.organization_id = o.organization_id and t.id = o.ticket_id
   where t.organization_id = ${ours()} and t.number = ${number} order by o.id`
const actionsOf = async (number: number) => {
  const events = await world.database.owner`select action from ticket_event e
    join support_ticket t on t.organization_id = e.organization_id and t.id = e.ticket_id
   where t.organization_id = ${ours()} and t.number = ${number} order by e.id`
  return events.map(({ action }) => action)
}
/** Pins the first answer to a cause, or a later version, or takes it back. */
const answer = (number: number, body: string | null, was = 0) =>
  saveAnswer(world.northwind.scope, {
    number,
    answer: body === null ? null : { body, link: null },
    was,
    staffId: staffId(),
  })
const staffId = () => world.northwind.staff.id
const close = (number: number) =>
  changeStatus(world.northwind.scope, { number, status: 'closed', staffId: staffId() })

describe('what is raised again', () => {
  test('five times with a shrinking text and other keys is one ticket, with five occurrences', async () => {
    const receipts: Receipt[] = []
    for (const [n, title] of titles.entries()) {
      const description = 'Every_export_ends_in_504'.slice(0, 24 - 4 * n)
      receipts.push(await receipt(raise({ title, description, reporter: ana })))
    }
    expect(new Set(receipts.map((one) => JSON.stringify(one))).size).toBe(1)
    const number = Number(receipts[0]?.reference.split('-').at(-1))
    expect(await stored(number)).toMatchObject({ occurrences: 5, title: titles[0] })
    const kept = await occurrencesOf(number)
    expect(kept.map(({ title }) => title)).toEqual(titles.slice(1))
    expect(kept.map(({ description }) => description.length)).toEqual([20, 16, 12, 8])
  })

  test('is new to staff again, with the status it has', async () => {
    const number = await raised({ reporter: ana })
    const { scope } = world.northwind
    await changeStatus(scope, { number, status: 'in_progress', staffId: staffId() })
    await world.database.owner`update support_ticket set read_at = now(),
      updated_at = updated_at - interval '1 minute' where number = ${number}`
    const before = await stored(number)
    const answer = await receipt(raise({ reporter: ana }))
    expect(answer).toMatchObject({ status: 'in_progress' })
    const after = await stored(number)
    expect(after).toMatchObject({ read_at: null, status: 'in_progress', occurrences: 2 })
    expect(after.updated_at > before.updated_at).toBe(true)
  })

  test('is the same by its cause, whatever its title, and another one with another cause and title', async () => {
    const first = await raised({ reporter: ana, context: failing('Timeout: no answer') })
    const again = { title: 'Nothing can be downloaded', reporter: ana }
    expect(await raised({ ...again, context: failing('Timeout: no answer') })).toBe(first)
    expect(await raised({ ...again, context: failing('403 forbidden') })).toBe(first + 1)
    expect(await raised({ title: 'Login fails', reporter: ana })).toBe(first + 2)
  })

  test('has the cause of the call that failed when it was raised again, and its answer', async () => {
    const other = { ...ana, subject: `${ana.subject}-other` }
    const known = await raised({ reporter: other, context: failing('Token of ours is dead') })
    await answer(known, 'Sign in again.')
    const number = await raised({ reporter: ana })
    const again = { reporter: ana, context: failing('Token of ours is dead') }
    expect(await receipt(raise(again, 'k-known'))).toMatchObject({ answer: 'Sign in again.' })
    expect(await receipt(raise(again, 'k-known'))).toMatchObject({ answer: 'Sign in again.' })
    const failed = { failed_tool: 'export_csv', failed_error: 'Token of ours is dead' }
    const answered = { cause: known, answer_version: 1, occurrences: 2, ...failed }
    expect(await stored(number)).toMatchObject(answered)
    expect(await actionsOf(number)).toEqual(['filed', 'answered'])
  })

  test('is the first of a new cause by what failed when it was raised again', async () => {
    const number = await raised({ reporter: ana })
    expect(await raised({ reporter: ana, context: failing('Disk of ours is full') })).toBe(number)
    expect(await stored(number)).toMatchObject({ cause: number, occurrences: 2 })
    const [made] = await world.database.owner`select tool, pattern from cause
      where organization_id = ${ours()} and number = ${number}`
    expect(made).toEqual({ tool: 'export_csv', pattern: 'Disk of ours is full' })
    expect(await raised({ reporter: ana, context: failing('Disk of ours is full') })).toBe(number)
    const other = { ...ana, subject: `${ana.subject}-other` }
    const next = await raised({ reporter: other, context: failing('Disk of ours is full') })
    expect(await stored(next)).toMatchObject({ cause: number })
  })

  test('is cleaned as a ticket is, with as much of the session as the server keeps', async () => {
    const number = await raised({ reporter: ana })
    const secret = 'sk_live_4eC39HqLyjWDarjtT1zdp7dc'
    const context = failing(`no access with ${secret}`)
    await raised({ reporter: ana, description: `Key ${secret}`, context })
    const [kept] = await occurrencesOf(number)
    expect(JSON.stringify(kept)).not.toContain(secret)
    expect(kept?.context_data.calls[0].tool).toBe('export_csv')
    await world.database.owner`update mcp_server set context_level = 'off'`
    await raised({ reporter: ana, context })
    expect((await occurrencesOf(number))[1]?.context_data).toBeNull()
    await world.database.owner`update mcp_server set context_level = 'recent'`
  })

  test('twenty times at once is one ticket, as often as one address is let through', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => raise(kim)))
    const taken = answers.filter(({ status }) => status === 201)
    expect(taken).toHaveLength(5)
    const [number = 0, ...others] = await Promise.all(taken.map(numberIn))
    expect(new Set([number, ...others]).size).toBe(1)
    expect(await stored(number)).toMatchObject({ occurrences: 5 })
    expect(await occurrencesOf(number)).toHaveLength(4)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(15)
  })
})

describe('a ticket of its own', () => {
  test('has another person, whatever they have in common', async () => {
    const first = await raised({ reporter: ana, context: failing('no', 's-1') })
    const other = { ...ana, subject: `${ana.subject}-2` }
    expect(await raised({ reporter: other, context: failing('no', 's-1') })).toBe(first + 1)
  })

  test('has another cause, also with the same title', async () => {
    const first = await raised({ reporter: ana, context: failing('Quota is used up') })
    const second = await raised({ reporter: ana, context: failing('403 forbidden') })
    expect(second).toBe(first + 1)
    expect(await raised({ reporter: ana, context: failing('No such workspace') })).toBe(first + 2)
    expect(await raised({ reporter: ana, context: failing('Quota is used up') })).toBe(first)
    expect(await raised({ reporter: ana })).toBe(first + 2)
    expect(await stored(second)).toMatchObject({ occurrences: 1 })
  })

  test('has another session, or none, with the same e-mail', async () => {
    const first = await raised(kim)
    const other = { ...kim, context: { ...kim.context, sessionId: 'another' } }
    expect(await raised(other)).toBe(first + 1)
    expect(await raised({ email: kim.email })).toBe(first + 2)
    expect(await raised({ email: kim.email })).toBe(first + 3)
    expect(await raised(kim)).toBe(first)
  })

  test('has another e-mail in the same session', async () => {
    const first = await raised(kim)
    expect(await raised({ ...kim, email: 'lee@fjord.example' })).toBe(first + 1)
  })

  test('has who only types the e-mail of somebody who is signed in, in their session', async () => {
    const context = { calls: [], sessionId: kim.context.sessionId }
    const first = await raised({ reporter: ana, context })
    const { owner } = world.database
    await owner`update mcp_server set auth = 'none', issuer = null, audience = null
      where slug = ${world.northwind.servers.external.slug}`
    const typed = { email: ana.email, context }
    expect(await raised(typed, world.northwind.servers.external)).toBe(first + 1)
    await owner`update mcp_server set auth = 'external', issuer = ${reporter.issuer},
      audience = 'https://docuapi.example.com/mcp' where slug = ${world.northwind.servers.external.slug}`
  })

  test('have two who give nothing but an e-mail, with the same text', async () => {
    const first = await raised({ email: 'a@fjord.example' })
    expect(await raised({ email: 'b@fjord.example' })).toBe(first + 1)
  })

  test('has another server of the same issuer, and the other organization', async () => {
    const { external, none } = world.northwind.servers
    const first = await raised({ reporter: ana })
    await world.database.owner`update mcp_server set auth = 'external', issuer = ${reporter.issuer},
      audience = 'https://docuapi.example.com/mcp' where slug = ${none.slug}`
    expect(await raised({ reporter: ana }, none)).toBe(first + 1)
    await world.database.owner`update mcp_server set auth = 'none', issuer = null, audience = null
      where slug = ${none.slug}`
    await raised({ reporter: ana }, world.southwind.servers.external)
    expect(await raised({ reporter: ana }, external)).toBe(first)
    expect(await stored(first)).toMatchObject({ occurrences: 2 })
  })

  test('has what comes ten minutes after the last time, and not what comes before', async () => {
    const { owner } = world.database
    const ago = (seconds: number) => owner`
      update support_ticket set created_at = now() - make_interval(secs => ${seconds})
       where number = ${first}`
    const first = await raised({ reporter: ana })
    await ago(590)
    expect(await raised({ reporter: ana })).toBe(first)
    // The last time counts, not the first.
    await ago(1_100)
    expect(await raised({ reporter: ana })).toBe(first)
    await owner`update ticket_occurrence set created_at = now() - interval '10 minutes 1 second'`
    expect(await raised({ reporter: ana })).toBe(first + 1)
  })

  test('has what was raised hours apart and arrives together, out of a queue', async () => {
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
    const first = await raised({ reporter: ana, raisedAt: ago(540) })
    expect(await raised({ reporter: ana })).toBe(first + 1)
    expect(await raised({ reporter: ana, raisedAt: ago(545) })).toBe(first)
    expect(await raised({ reporter: ana, raisedAt: ago(536) })).toBe(first)
    expect(await raised({ reporter: ana, raisedAt: ago(525) })).toBe(first + 2)
  })

  test('has what goes on for an hour, however often it came', async () => {
    const { owner } = world.database
    const ago = (seconds: number) => owner`
      update support_ticket set created_at = now() - make_interval(secs => ${seconds})
       where number = ${first}`
    const first = await raised({ reporter: ana })
    await raised({ reporter: ana })
    await ago(3_590)
    expect(await raised({ reporter: ana })).toBe(first)
    await ago(3_601)
    expect(await raised({ reporter: ana })).toBe(first + 1)
  })

  test('has what comes after the ticket was closed, or merged', async () => {
    const first = await raised({ reporter: ana })
    await close(first)
    const second = await raised({ reporter: ana })
    expect(second).toBe(first + 1)
    const { scope } = world.northwind
    await mergeTicket(scope, { number: second, into: first, staffId: staffId() })
    expect(await raised({ reporter: ana })).toBe(second + 1)
  })

  test('has what says that a fix did not hold', async () => {
    const again = { reporter: ana, context: failing('Boom') }
    const first = await raised(again)
    await world.database.owner`update cause set fixed_at = now() where number = ${first}`
    await Bun.sleep(5)
    expect(await raised(again)).toBe(first + 1)
    const [cause] = await world.database.owner`select fixed_at from cause where number = ${first}`
    expect(cause?.fixed_at).toBeNull()
  })
})

describe('who is blocked', () => {
  const block = (number: number) =>
    blockReporter(world.northwind.scope, { number, block: true, staffId: staffId() })
  /** Receipts without what tells one ticket from another anyway. */
  const told = async (tickets: object[]) => {
    const answers: Receipt[] = []
    for (const ticket of tickets) answers.push(await receipt(raise(ticket)))
    const references = [...new Set(answers.map(({ reference }) => reference))]
    return answers.map(({ reference, createdAt: _, ...rest }) => ({
      ...rest,
      ticket: references.indexOf(reference),
    }))
  }

  test('adds to spam, and is answered as everybody', async () => {
    await block(await raised({ title: 'Login is slow', reporter: ana }))
    const answer = await receipt(raise({ reporter: ana }))
    expect(answer.status).toBe('open')
    expect(await receipt(raise({ reporter: ana }))).toEqual(answer)
    const number = Number(answer.reference.split('-').at(-1))
    expect(await stored(number)).toMatchObject({ status: 'spam', occurrences: 2 })
  })

  test('has the receipt of the ticket from before, of which staff see nothing', async () => {
    const before = await receipt(raise({ reporter: ana }))
    const number = Number(before.reference.split('-').at(-1))
    await block(number)
    await world.database.owner`update support_ticket set read_at = now() where number = ${number}`
    const open = await stored(number)
    expect(await receipt(raise({ reporter: ana }, 'k-blocked'))).toEqual(before)
    expect(await receipt(raise({ reporter: ana }, 'k-blocked'))).toEqual(before)
    expect(await stored(number)).toEqual(open)
    expect(await occurrencesOf(number)).toMatchObject([{ title: '', description: '' }])
  })

  test('can not tell it by what comes after a fix', async () => {
    const other = { ...ana, subject: `${ana.subject}-other` }
    const first = await raised({ reporter: other, context: failing('Backend of ours exploded') })
    const fix = async () => {
      await Bun.sleep(5)
      await world.database.owner`update cause set fixed_at = now() where number = ${first}`
      await Bun.sleep(5)
    }
    const raisedAgain = (reporter: object) => {
      const again = { reporter, context: failing('Backend of ours exploded') }
      return [again, again, { reporter }, again]
    }
    await block(await raised({ title: 'Login is slow', reporter: ana }))
    await raised({ title: 'Login is slow', reporter: { ...ana, subject: `${ana.subject}-free` } })
    await fix()
    const blocked = await told(raisedAgain(ana))
    const free = await told(raisedAgain({ ...ana, subject: `${ana.subject}-free` }))
    expect(blocked.map(({ ticket }) => ticket)).toEqual([0, 0, 0, 0])
    expect(free).toEqual(blocked)
    await fix()
    expect(await told(raisedAgain(ana))).toEqual(blocked)
  })
})

describe('the key of what was raised again', () => {
  test('gives the same receipt, and adds nothing', async () => {
    const number = await raised({ reporter: ana })
    const [first, again] = [
      await raise({ reporter: ana }, 'k-1'),
      await raise({ reporter: ana }, 'k-1'),
    ]
    expect([first.status, again.status]).toEqual([201, 200])
    expect(await again.json()).toEqual(await first.json())
    await close(number)
    expect(await receipt(raise({ reporter: ana }, 'k-1'))).toMatchObject({ status: 'closed' })
    expect(await stored(number)).toMatchObject({ occurrences: 2 })
  })

  test('gives the status of the ticket that it was merged into', async () => {
    const { scope } = world.northwind
    const into = await raised({ reporter: { ...ana, subject: `${ana.subject}-target` } })
    const number = await raised({ reporter: ana })
    await raise({ reporter: ana }, 'k-merged')
    await mergeTicket(scope, { number, into, staffId: staffId() })
    const status = async () => (await receipt(raise({ reporter: ana }, 'k-merged'))).status
    expect(await status()).toBe('open')
    await changeStatus(scope, { number: into, status: 'in_progress', staffId: staffId() })
    expect(await status()).toBe('in_progress')
    await changeStatus(scope, { number: into, status: 'spam', staffId: staffId() })
    expect(await status()).toBe('open')
  })

  test('with another text is a conflict', async () => {
    await raised({ reporter: ana })
    await raise({ reporter: ana }, 'k-2')
    const response = await raise({ reporter: ana, description: 'Something else.' }, 'k-2')
    expect(response.status).toBe(409)
    expect(await jsonOf(response)).toMatchObject({ code: 'idempotency_conflict' })
  })

  test('ten times at once makes one occurrence, and as the first of all one ticket and none', async () => {
    const together = (key: string) =>
      Promise.all(Array.from({ length: 10 }, () => raise({ reporter: ana }, key)))
    const tickets = await together('k-first')
    const number = await numberIn(tickets[0]?.clone() as Response)
    expect(await stored(number)).toMatchObject({ occurrences: 1 })
    const added = await together('k-again')
    for (const answers of [tickets, added]) {
      expect(answers.map(({ status }) => status).sort()).toEqual([...Array(9).fill(200), 201])
      const texts = await Promise.all(answers.map((answer) => answer.text()))
      expect(new Set(texts).size).toBe(1)
    }
    expect(await stored(number)).toMatchObject({ occurrences: 2 })
    expect(await occurrencesOf(number)).toHaveLength(1)
  })

  test('is used once, also by two keys of the server at once', async () => {
    const { scope, servers } = world.northwind
    const { owner } = world.database
    const [server] = await owner`select id from mcp_server
      where organization_id = ${ours()} and slug = ${servers.external.slug}`
    const added = await addKey(scope, server?.id, 'secret')
    const another = { ...servers.external, key: added.ok ? added.key : '' }
    for (let n = 0; n < 15; n++) {
      await owner`delete from rate_bucket`
      const [one, other] = ['a', 'b'].map((name) => ({ ...ana, subject: `${n}-${name}` }))
      await raise({ reporter: one })
      const key = crypto.randomUUID()
      const answers = await Promise.all([
        raise({ reporter: one }, key),
        raise({ reporter: other }, key, another),
      ])
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    }
  })

  test('is remembered where the texts are not kept any more', async () => {
    const number = await raised({ reporter: ana })
    await world.database.owner`update support_ticket set occurrences = 50 where number = ${number}`
    await raise({ reporter: ana, description: 'The last one.' }, 'k-50')
    const after = { reporter: ana, description: 'One too many.', context: failing('no') }
    const answer = await receipt(raise(after, 'k-51'))
    const kept = await occurrencesOf(number)
    expect(kept.map(({ description }) => description)).toEqual(['The last one.', ''])
    expect(kept[1]).toMatchObject({ title: '', context_data: null })
    expect(await receipt(raise(after, 'k-51'))).toEqual(answer)
    expect((await raise({ ...after, description: 'Else.' }, 'k-51')).status).toBe(409)
    expect(await stored(number)).toMatchObject({ occurrences: 52 })
  })
})

test('an answer that was pinned meanwhile is in the receipt of what is raised again', async () => {
  const again = { reporter: ana, context: failing('Quota of 5 is used up') }
  const first = await receipt(raise(again))
  expect(first.answer).toBeUndefined()
  const number = Number(first.reference.split('-').at(-1))
  await answer(number, 'Wait a minute.')
  const told = await receipt(raise(again, 'k-answer'))
  expect(told).toEqual({ ...first, answer: 'Wait a minute.' })
  expect(await receipt(raise(again, 'k-answer'))).toEqual(told)
  expect(await receipt(raise(again))).toEqual(told)
  expect(await actionsOf(number)).toEqual(['filed', 'answered'])
})

describe('an answer that was taken back', () => {
  const again = () => ({ reporter: ana, context: failing('Rate of 5 is used up') })
  const raisedTwice = async () => {
    const number = await raised(again())
    const [row] = await world.database.owner`select cause, (select coalesce(max(version), 0)
        from cause_answer a where a.organization_id = t.organization_id and a.cause = t.cause) as was
      from support_ticket t where organization_id = ${ours()} and number = ${number}`
    await answer(row?.cause, 'Delete everything.', row?.was)
    expect(await receipt(raise(again()))).toMatchObject({ answer: 'Delete everything.' })
    return { number, cause: row?.cause, version: row?.was + 1 }
  }

  test('is not told to who raises a ticket again, nor by that key later', async () => {
    const { number, cause, version } = await raisedTwice()
    await answer(cause, null, version)
    for (const ticket of [again(), { reporter: ana }]) {
      const key = crypto.randomUUID()
      expect(await receipt(raise(ticket, key))).not.toHaveProperty('answer')
      expect(await receipt(raise(ticket, key))).not.toHaveProperty('answer')
    }
    expect(await stored(number)).toMatchObject({ occurrences: 4, answer_version: version })
  })

  test('is a retry told whose receipt had it', async () => {
    const { cause, version } = await raisedTwice()
    const key = crypto.randomUUID()
    const told = await receipt(raise(again(), key))
    await answer(cause, null, version)
    expect(await receipt(raise(again(), key))).toEqual(told)
  })

  test('is followed by a newer one, also where no call failed', async () => {
    const { number, cause, version } = await raisedTwice()
    await answer(cause, null, version)
    await answer(cause, 'Wait a minute.', version + 1)
    expect(await receipt(raise({ reporter: ana }))).toMatchObject({ answer: 'Wait a minute.' })
    expect(await stored(number)).toMatchObject({ answer_version: version + 2 })
  })
})

test('a ticket that is old enough has another beside it', async () => {
  const first = await raised({ reporter: ana })
  await later(world)
  expect(await raised({ reporter: ana })).toBe(first + 1)
})
