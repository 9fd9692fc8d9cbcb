import { afterAll, beforeAll, expect, test } from 'bun:test'
import { bun } from '../../sdk/examples/stories.ts'
import { kinds } from './clients.ts'
import { type Platform, startPlatform } from './desk.ts'
import { startExample } from './journey.ts'
import { letIn } from './letting-in.ts'

const withinMs = 60_000

let desk: Platform
beforeAll(async () => {
  desk = await startPlatform()
}, withinMs)
afterAll(async () => {
  expect(await desk?.stop()).toBe(0)
})

test.each(kinds)(
  'the client of $story has its user sign in at the desk, and raises a ticket as them',
  async (kind) => {
    const server = await startExample(kind, desk)
    const { child, asked } = await startClient(kind.story, server.url)
    await (await fetch(await letIn(await asked))).body?.cancel()
    expect(await child.exited).toBe(0)
    const [{ email, proof } = {}] = await desk.owner`
      select user_email as email, reporter_proof as proof
      from support_ticket order by number desc limit 1`
    expect({ email, proof }).toEqual({ email: expect.stringMatching(/^sam-/), proof: 'signed_in' })
    expect(await server.stop()).toBe(0)
  },
  withinMs,
)

test.each(kinds)(
  'the client of $story ends with 1 and a reason where its user says no',
  async (kind) => {
    const server = await startExample(kind, desk)
    const { child, asked } = await startClient(kind.story, server.url)
    await (await fetch(await letIn(await asked, 'deny'))).body?.cancel()
    expect(await new Response(child.stderr).text()).toBe(
      'raise-a-ticket: the sign-in ended with access_denied\n',
    )
    expect(await child.exited).toBe(1)
    expect(await server.stop()).toBe(0)
  },
  withinMs,
)

/** Runs the client of a story, which says where its user is to go. */
async function startClient(story: 'express' | 'hono', url: string) {
  const child = Bun.spawn([...bun(story, 'client'), '--url', url, '--sign-in'], {
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const { promise: asked, resolve, reject } = Promise.withResolvers<string>()
  const read = async () => {
    let said = ''
    const decoder = new TextDecoder()
    for await (const chunk of child.stdout) {
      said += decoder.decode(chunk, { stream: true })
      const address = /^ {2}(http\S+)\n/m.exec(said)?.[1]
      if (address) resolve(address)
    }
    throw new Error(`the client ended: ${said}`)
  }
  read().catch(reject)
  return { child, asked }
}
