import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { reporterBucket } from '#src/tickets/person.ts'
import { later } from '../later.ts'
import { textOf } from '../views/parse.ts'
import { makeWorld, reporter, type TestServer, type World } from '../world.ts'
import { changeIn, deskOf } from './desk.ts'

let world: World
let cookie: string
beforeAll(async () => {
  world = await makeWorld()
  cookie = await world.signIn(world.northwind.staff.email)
})
afterAll(() => world.close())

const { at, get, post, stored, eventsOf } = deskOf(
  () => world,
  () => cookie,
)
const statusOf = async (number: number) => (await stored(number)).status
const block = (number: number, how = 'on') => post(at(number, '/block'), { block: how })

let people = 0
const email = () => `b${people++}@fjord.example`
const person = () => ({ ...reporter, subject: `b-${people++}` })

describe('a blocked reporter', () => {
  test('of an address: their next tickets at the server are spam, and they are not told', async () => {
    const { none } = world.northwind.servers
    const who = email()
    const number = await world.file(none, { email: who })
    expect((await block(number)).status).toBe(303)
    const { slug, key } = none
    const json = { title: 'Again', description: 'And again.', email: who.toUpperCase() }
    const answer = await world.ask(`/s/${slug}/api/support`, { key, json })
    expect(answer.status).toBe(201)
    const receipt = (await answer.json()) as { reference: string; status: string }
    expect(receipt.status).toBe('open')
    const next = Number(receipt.reference.split('-').at(-1))
    expect(await statusOf(next)).toBe('spam')
    expect(textOf(await (await get(at(next))).text())).toContain(
      'Filed through get_support_tool now The desk marked this ticket as spam',
    )
    expect(await statusOf(number)).toBe('open')
    expect(await statusOf(await world.file(none, { email: email() }))).toBe('open')
  })

  test('of a proof is the person, not the address they gave', async () => {
    const { external, none } = world.northwind.servers
    const who = person()
    await block(await world.file(external, { reporter: who }))
    const renamed = { ...who, email: email(), name: 'Somebody else' }
    await later(world)
    expect(await statusOf(await world.file(external, { reporter: renamed }))).toBe('spam')
    expect(await statusOf(await world.file(external, { reporter: person() }))).toBe('open')
    expect(await statusOf(await world.file(none, { email: who.email }))).toBe('open')
  })

  test('is blocked at one server, of one organization', async () => {
    const who = email()
    const { northwind, southwind } = world
    await block(await world.file(northwind.servers.none, { email: who }))
    const other: TestServer = { ...northwind.servers.external, auth: 'none' }
    const publishable = await world.ask(`/northwind/servers/${other.slug}/keys`, {
      cookie,
      form: { kind: 'publishable' },
    })
    const key = /mcpobs_pk_[\w-]+|pk_[\w-]+/.exec(await publishable.text())?.[0] ?? ''
    expect(await statusOf(await world.file({ ...other, key }, { email: who }))).toBe('open')
    const theirs = await world.file(southwind.servers.none, { email: who })
    const [row] = await world.database.owner`
      select status from support_ticket
       where organization_id = ${southwind.scope.organizationId} and number = ${theirs}`
    expect(row?.status).toBe('open')
  })

  test('is let in again, by a form and by undoing', async () => {
    const { none } = world.northwind.servers
    const who = email()
    const next = async () => statusOf(await world.file(none, { email: who }))
    const number = await world.file(none, { email: who })
    const change = changeIn(await block(number))
    expect(await next()).toBe('spam')
    await block(number, 'off')
    expect(await next()).toBe('open')
    await block(number)
    await post(`/northwind/changes/${change}/undo`, {})
    expect(await next()).toBe('open')
    expect((await eventsOf(number)).map(({ action }) => action)).toEqual([
      'filed',
      'reporter_blocked',
      'reporter_unblocked',
      'reporter_blocked',
      'reporter_unblocked',
    ])
  })

  test('is named on the page of their tickets', async () => {
    const who = email()
    const number = await world.file(world.northwind.servers.none, { email: who })
    await block(number)
    const text = textOf(await (await get(at(number))).text())
    expect(text).toContain('Blocked New tickets at docuapi-northwind go to spam')
    expect(text).toContain('Unblock reporter')
  })

  test('leaves no trace where they are erased', async () => {
    const { external } = world.northwind.servers
    const who = person()
    const number = await world.file(external, { reporter: who })
    await block(number)
    await post(at(number, '/erasure'), { words: '' })
    const known = reporterBucket({ proof: 'vouched', ...who })
    const left = await world.database.owner`
      select 1 from blocked_reporter where reporter = ${known}`
    expect(left).toHaveLength(0)
    expect((await block(number)).status).toBe(422)
  })
})

test('blocking twice changes nothing, and what there is not can’t be blocked', async () => {
  const number = await world.file(world.northwind.servers.none, { email: email() })
  await block(number)
  expect((await block(number)).headers.get('location')).toBe(at(number))
  expect(await eventsOf(number)).toHaveLength(2)
  expect((await block(987_654)).status).toBe(404)
  expect((await block(number, 'maybe')).status).toBe(422)
})
