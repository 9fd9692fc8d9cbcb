import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { TicketContext } from '#sdk/contract.ts'
import { fingerprintOf } from '#src/causes/fingerprint.ts'
import { openEntrance } from '#src/demo/entering.ts'
import { plantDemo } from '#src/demo/planting.ts'
import { openDemo } from '#src/demo/queries.ts'
import { createServer } from '#src/servers/creating.ts'
import { addKey, listKeys, revokeKey } from '#src/servers/keys.ts'
import { rowVersions } from '../walls/rows.ts'
import { makeWorld, type World } from '../world.ts'

let world: World
let organizationId: string
beforeAll(async () => {
  world = await makeWorld()
  const { database, northwind } = world
  const taken = { slug: 'docuapi', name: 'Taken', auth: 'none', context: 'off' } as const
  await createServer(northwind.scope, { ...taken, support: true })
  await Promise.all([plantDemo(database), plantDemo(database)])
  organizationId = (await openDemo(database)).organizationId
})
afterAll(() => world.close())

const ofDemo = () => world.database.owner`organization_id = ${organizationId}`

test('two starts at once make one demo, marked as such', async () => {
  const { owner } = world.database
  const rows = await owner`select name, slug, demo from organization where id = ${organizationId}`
  expect([...rows]).toEqual([{ name: 'Northwind (demo)', slug: 'northwind-demo', demo: true }])
  expect(await owner`select from organization where demo`).toHaveLength(1)
})

test('a slug that somebody has is left to them', async () => {
  const slugs = await world.database.owner`
    select slug from mcp_server where ${ofDemo()} order by slug`
  expect(slugs.map(({ slug }) => slug)).toEqual(['billing', 'docuapi-demo', 'warehouse'])
})

test('numbers are dense, in order of arrival, and the counter stands at the last', async () => {
  const { owner } = world.database
  const tickets = await owner`
    select number, created_at from support_ticket where ${ofDemo()} order by created_at, id`
  expect(tickets.length).toBeGreaterThan(250)
  expect(tickets.map(({ number }) => number)).toEqual(tickets.map((_, index) => index + 1))
  const [counter] = await owner`select ticket_number from organization_counter where ${ofDemo()}`
  expect(counter?.ticket_number).toBe(tickets.length)
})

test('each ticket is as its events say', async () => {
  const { owner } = world.database
  const tickets = await owner`select * from support_ticket where ${ofDemo()}`
  const events = await owner`select * from ticket_event where ${ofDemo()} order by ticket_id, id`
  const eventsOf = Map.groupBy(events, (event) => event.ticket_id)
  for (const ticket of tickets) {
    const [filed, ...others] = eventsOf.get(ticket.id) ?? []
    const changes = others.filter(({ action }) => action === 'status_changed')
    const told = others.filter((event) => !changes.includes(event)).map(({ action }) => action)
    expect(told.toSorted()).toEqual([
      ...(ticket.answer_version ? ['answered'] : []),
      ...(told.includes('reopened_cause') ? ['reopened_cause'] : []),
    ])
    expect(filed).toMatchObject({ action: 'filed', staff_id: null, created_at: ticket.created_at })
    let status = 'open'
    for (const { action, old_value, new_value, staff_id } of changes) {
      expect({ action, old_value }).toEqual({ action: 'status_changed', old_value: status })
      expect(staff_id).toBeString()
      status = new_value
    }
    const last = changes.at(-1)
    const closing = status === 'closed' ? last : undefined
    expect(ticket).toMatchObject({
      status,
      updated_at: last?.created_at ?? ticket.created_at,
      closed_at: closing?.created_at ?? null,
      closed_by: closing?.staff_id ?? null,
    })
  }
})

test('what was failing, and what a list shows of it, agree', async () => {
  const rows = await world.database.owner`
    select failed_tool, trail, context_data as context from support_ticket t
      join ticket_context c on c.organization_id = t.organization_id and ticket_id = id
     where t.organization_id = ${organizationId}`
  expect(rows.length).toBeGreaterThan(250)
  for (const { failed_tool, trail, context } of rows) {
    type Call = { tool: string; outcome: string; arguments?: unknown }
    const calls: Call[] = context.calls
    const failed = calls.findLast(({ outcome }) => outcome === 'error')
    expect(failed_tool).toBe(failed?.tool ?? null)
    expect(trail).toBe(calls.map(({ outcome }) => (outcome === 'error' ? 'x' : 'o')).join(''))
    for (const call of calls) if (call.outcome === 'ok') expect(call.arguments).toBeUndefined()
  }
  expect(JSON.stringify(rows)).toContain('[redacted')
})

test('tickets have causes: one that was answered, one that is fixed and one that came back', async () => {
  const { owner } = world.database
  const tickets = await owner`
    select t.number, t.cause, t.failed_tool, t.answer_version, c.context_data as context
      from support_ticket t
      join ticket_context c on c.organization_id = t.organization_id and c.ticket_id = t.id
     where t.organization_id = ${organizationId}`
  const causes = await owner`select * from cause where ${ofDemo()}`
  expect(causes.length).toBeGreaterThan(15)
  for (const { cause, context } of tickets) {
    const failed = (context as TicketContext).calls.findLast(({ outcome }) => outcome === 'error')
    const fingerprint = fingerprintOf(failed)?.fingerprint
    expect(causes.find(({ number }) => number === cause)?.fingerprint).toEqual(fingerprint)
  }
  expect(causes.filter(({ fixed_at }) => fixed_at)).toHaveLength(1)
  expect(causes.filter(({ reopened_at }) => reopened_at)).toHaveLength(1)
  expect(tickets.some(({ answer_version }) => answer_version === 1)).toBe(true)
})

test('another start adds nothing', async () => {
  const before = await rowVersions(world.database.owner)
  await plantDemo(world.database)
  expect(await rowVersions(world.database.owner)).toEqual(before)
})

test('each start gives a new password and a new key, and takes the old ones away', async () => {
  const scope = await openDemo(world.database)
  const signIn = (given: { email: string; password: string }) =>
    world.ask('/sign-in', { form: { email: given.email, password: given.password, next: '/' } })
  const settings = ({ slug, key }: { slug: string; key: string }) =>
    world.ask(`/s/${slug}/trpc/support.settings`, { key })

  const first = await openEntrance(scope)
  const second = await openEntrance(scope)
  if (!first.docuApi || !second.docuApi) throw new Error('no DocuAPI')
  expect((await signIn(first)).status).toBe(422)
  expect((await signIn(second)).status).toBe(303)
  expect((await settings(first.docuApi)).status).toBe(401)
  expect((await settings(second.docuApi)).status).toBe(200)
})

test('the staff can make a key for DocuAPI, and no start leaves more than two', async () => {
  const scope = await openDemo(world.database)
  const { docuApi } = await openEntrance(scope)
  const [server] = await world.database.owner`
    select mcp_server_id as id from mcp_server_slug where slug = ${docuApi?.slug ?? ''}`
  const id: string = server?.id
  const active = async () =>
    (await listKeys(scope, id)).filter(({ revokedAt }) => !revokedAt).map(({ ending }) => ending)
  const make = async () => {
    const made = await addKey(scope, id, 'secret')
    return made.ok ? made.key.slice(-4) : made.problem
  }
  const ofDemo = docuApi?.key.slice(-4)
  expect(await active()).toEqual([ofDemo ?? ''])
  const first = await make()
  expect(await active()).toEqual([first, ofDemo ?? ''])
  expect(await revokeKey(scope, id, id)).toBe(true)
  const second = await make()
  expect(await active()).toEqual([second, first])
  const next = await openEntrance(scope)
  expect(await active()).toEqual([next.docuApi?.key.slice(-4) ?? '', second])
})
