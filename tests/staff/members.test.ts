import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { newId } from '#src/lib/ids.ts'
import { plantSession } from '../walls/facts.ts'
import { makeWorld, type World } from '../world.ts'
import { join, rolesIn } from './colleagues.ts'

type Person = { id: string; cookie: string }
let world: World
let mira: Person
beforeEach(async () => {
  world = await makeWorld()
  const { id } = world.northwind.staff
  mira = { id, cookie: (await plantSession(world, id)).cookie }
})
afterEach(() => world.close())

const at = (path: string, { cookie }: Person, form?: Record<string, string>) =>
  world.ask(`/northwind/${path}`, { cookie, ...(form && { form }) })
const remove = (whom: Person, by: Person) => at(`members/${whom.id}/removal`, by, { form: '' })
const setRole = (whom: Person, role: string, by: Person) =>
  at(`members/${whom.id}/role`, by, { role })
const leave = (who: Person) => at('departure', who, { form: '' })
const roles = () => rolesIn(world, world.northwind)

describe('the members page', () => {
  test('shows all members to each, and its forms to owners only', async () => {
    const sam = await join(world, world.northwind)
    for (const who of [mira, sam]) {
      const text = await (await at('members', who)).text()
      expect(text).toContain(world.northwind.staff.email)
      expect(text).toContain(`${sam.id}@northwind.example`)
      expect(text.includes('/role"')).toBe(who === mira)
      expect(text.includes('/invitations"')).toBe(who === mira)
      expect(text).toContain('action="/northwind/departure"')
    }
  })

  test('shows nobody of another organization', async () => {
    const kim = await join(world, world.southwind)
    const text = await (await at('members', mira)).text()
    expect(text).not.toContain(kim.id)
    expect(text).not.toContain('southwind')
  })
})

describe('a role', () => {
  test('is given and taken by an owner', async () => {
    const sam = await join(world, world.northwind)
    expect((await setRole(sam, 'owner', mira)).status).toBe(303)
    expect((await roles())[sam.id]).toBe('owner')
    expect((await setRole(mira, 'member', sam)).status).toBe(303)
    expect(await roles()).toEqual({ [mira.id]: 'member', [sam.id]: 'owner' })
    expect((await setRole(sam, 'member', mira)).status).toBe(404)
  })

  test('can’t be taken by oneself: a member may do nothing of it', async () => {
    const sam = await join(world, world.northwind)
    const before = await roles()
    for (const response of [
      await setRole(sam, 'owner', sam),
      await setRole(mira, 'member', sam),
      await remove(mira, sam),
      await remove(sam, sam),
    ])
      expect(response.status).toBe(404)
    expect(await roles()).toEqual(before)
  })

  test('is owner or member and nothing else', async () => {
    const sam = await join(world, world.northwind)
    for (const role of ['admin', '', 'OWNER', "owner'--"])
      expect((await setRole(sam, role, mira)).status).toBe(422)
    expect((await roles())[sam.id]).toBe('member')
  })

  test('of someone elsewhere, of nobody, and of no id is not found', async () => {
    const kim = await join(world, world.southwind)
    for (const id of [kim.id, newId(), 'x', '%00', "' or true"]) {
      const status = (await setRole({ id, cookie: '' }, 'owner', mira)).status
      expect({ id, status }).toEqual({ id, status: id === '%00' ? 400 : 404 })
    }
    expect((await rolesIn(world, world.southwind))[kim.id]).toBe('member')
    expect((await remove(kim, mira)).status).toBe(404)
    expect(Object.keys(await rolesIn(world, world.southwind))).toContain(kim.id)
  })
})

describe('removing someone', () => {
  test('ends their access at their next request, and nobody else’s', async () => {
    const [sam, ada] = [await join(world, world.northwind), await join(world, world.northwind)]
    expect((await at('tickets', sam)).status).toBe(200)
    expect((await remove(sam, mira)).status).toBe(303)
    expect((await at('tickets', sam)).status).toBe(404)
    expect((await at('tickets', ada)).status).toBe(200)
    expect((await remove(sam, mira)).status).toBe(404)
  })

  test('leaves them their account and their other organizations', async () => {
    const sam = await join(world, world.northwind)
    const { organizationId } = world.southwind.scope
    await world.database
      .owner`insert into membership values (${sam.id}, ${organizationId}, 'member')`
    await remove(sam, mira)
    expect((await world.ask('/southwind/tickets', sam)).status).toBe(200)
    expect((await world.ask('/', sam)).headers.get('location')).toBe('/southwind/tickets')
  })

  test('ends the invitations that they made, and so does taking the role', async () => {
    const pending = async () =>
      (await world.database.owner`select invited_by from invitation where role = 'owner'`).length
    for (const end of [remove, (whom: Person, by: Person) => setRole(whom, 'member', by)]) {
      const sam = await join(world, world.northwind, 'owner')
      expect((await at('invitations', sam, { role: 'owner' })).status).toBe(201)
      expect(await pending()).toBe(1)
      expect((await end(sam, mira)).status).toBe(303)
      expect(await pending()).toBe(0)
    }
  })
})

describe('leaving', () => {
  test('ends one’s own membership, of a member and of an owner', async () => {
    for (const role of ['member', 'owner'] as const) {
      const sam = await join(world, world.northwind, role)
      const response = await leave(sam)
      expect(response.headers.get('location')).toBe('/')
      expect((await at('tickets', sam)).status).toBe(404)
    }
    expect(await roles()).toEqual({ [mira.id]: 'owner' })
  })
})

describe('the last owner', () => {
  test('can’t leave, be removed or become a member, and is told why', async () => {
    const sam = await join(world, world.northwind)
    for (const response of [
      await leave(mira),
      await remove(mira, mira),
      await setRole(mira, 'member', mira),
    ]) {
      expect(response.status).toBe(422)
      expect(await response.text()).toContain('An organization keeps an owner.')
    }
    expect(await roles()).toEqual({ [mira.id]: 'owner', [sam.id]: 'member' })
    await setRole(sam, 'owner', mira)
    expect((await leave(mira)).status).toBe(303)
    expect(await roles()).toEqual({ [sam.id]: 'owner' })
  })

  test('is left when two owners remove each other at once', async () => {
    for (let round = 0; round < 8; round++) {
      const sam = await join(world, world.northwind, 'owner')
      const answers = await Promise.all([remove(sam, mira), remove(mira, sam)])
      expect(answers.map(({ status }) => status).sort()).toEqual([303, 404])
      const left = Object.entries(await roles())
      expect(left).toHaveLength(1)
      expect(left[0]?.[1]).toBe('owner')
      const [id = ''] = left[0] ?? []
      mira = id === mira.id ? mira : sam
    }
  })

  test('is left when all owners leave, step down and are removed at once', async () => {
    const owners = [mira]
    for (let n = 0; n < 5; n++) owners.push(await join(world, world.northwind, 'owner'))
    await Promise.all(
      owners.map((who, n) => {
        const next = owners[(n + 1) % owners.length] ?? mira
        if (n % 3 === 0) return leave(who)
        return n % 3 === 1 ? setRole(who, 'member', who) : remove(next, who)
      }),
    )
    const left = Object.values(await roles()).filter((role) => role === 'owner')
    expect(left.length).toBeGreaterThan(0)
  })
})
