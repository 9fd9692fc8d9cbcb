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
  'the client of $story raises a ticket as who signs in, and ends with 1 where they say no',
  async (kind) => {
    const server = await startExample(kind, desk)
    const [raising, refused] = await Promise.all([
      startClient(kind.story, server.url),
      startClient(kind.story, server.url),
    ])
    const back = [await letIn(await raising.asked), await letIn(await refused.asked, 'deny')]
    for (const url of back) await (await fetch(url)).body?.cancel()

    expect(await raising.child.exited).toBe(0)
    const [ticket] = await desk.owner`
      select user_email, reporter_proof from support_ticket order by number desc limit 1`
    expect(ticket).toEqual({
      user_email: expect.stringMatching(/^sam-/),
      reporter_proof: 'signed_in',
    })
    expect(await new Response(refused.child.stderr).text()).toBe(
      'raise-a-ticket: the sign-in ended with access_denied\n',
    )
    expect(await refused.child.exited).toBe(1)
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
