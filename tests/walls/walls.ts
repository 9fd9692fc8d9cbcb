import { afterAll, beforeAll, expect } from 'bun:test'
import { type Ask, makeWorld, type TestOrganization, type World } from '../world.ts'
import { type Facts, factsAbout, plantSession } from './facts.ts'
import { requests } from './requests.ts'
import { rowVersions } from './rows.ts'
import { type Call, send, told } from './walk.ts'

/** A world for a test file, and how the walk asks in it. */
export function walls() {
  let world: World
  const sessions = new Map<string, Promise<string>>()
  beforeAll(async () => {
    world = await makeWorld()
    for (const server of [world.southwind.servers.external, world.southwind.servers.none])
      await world.file(server)
  })
  afterAll(() => world.close())
  const rows = () => rowVersions(world.database.owner)

  return {
    get world() {
      return world
    },

    about: (organization: TestOrganization): Promise<Facts> => factsAbout(world, organization),

    /** A member of the organization who is no owner. */
    colleagueOf: ({ colleague }: Facts): Promise<{ cookie: string }> =>
      plantSession(world, colleague),

    /** One session each: signing in is slowed when it happens too often from one address. */
    async sessionOf({ staff }: TestOrganization): Promise<{ cookie: string }> {
      const session = sessions.get(staff.email) ?? world.signIn(staff.email)
      sessions.set(staff.email, session)
      return { cookie: await session }
    },

    /** Sends it as someone who may not, and sees that no row has another version afterwards. */
    async refused(call: Call, facts: Facts, caller: Ask) {
      const before = await rows()
      const answer = await told(await send(world, call, facts, caller))
      expect(await rows()).toEqual(before)
      return answer
    },

    /** Sends it as its rightful caller: it succeeds, and writes if it is of those that write. */
    async granted(call: Call, facts: Facts, caller: Ask): Promise<Response> {
      const before = await rows()
      const response = await send(world, call, facts, caller)
      const { answers, writes = false } = requests[call.key] ?? {}
      expect({ call: call.name, status: response.status }).toMatchObject({ status: answers })
      expect((await rows()).join() !== before.join()).toBe(writes)
      return response
    },
  }
}
