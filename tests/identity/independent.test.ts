import { afterAll, beforeAll, expect, test } from 'bun:test'
import { bun, listen as listenTo, run } from '../sdk/examples/stories.ts'
import { plainText } from '../servers/page.ts'
import { form, makePages } from '../servers/pages.ts'
import { plantSession } from '../walls/facts.ts'
import { type Listening, listen } from '../web/listening.ts'
import { startProvider } from './provider.ts'

/** As the example has it. */
const resource = 'https://docuapi.example/mcp'

let desk: Awaited<ReturnType<typeof makePages>>
let served: Listening
let provider: Awaited<ReturnType<typeof startProvider>>
beforeAll(async () => {
  desk = await makePages()
  provider = await startProvider(resource)
}, 120_000)
afterAll(async () => {
  await provider?.stop()
  await served?.stop()
  await desk?.world.close()
})

test('somebody who signed in at an issuer of the company’s own raises a ticket as who they are', async () => {
  const { world } = desk
  const { none } = world.northwind.servers
  const { issuer } = provider
  const { slug: _, ...settings } = form
  const sent = { ...settings, auth: 'external', issuer, audience: resource, support: 'on' }
  expect((await desk.at(`/${none.slug}/settings`, sent)).status).toBe(303)
  const page = plainText(await desk.read(`/${none.slug}?changed=settings`))
  expect(page).toContain(`Connected to ${issuer} · 2 keys`)

  served = await listen(world.desk)
  const at = {
    MCP_OBS_URL: `${served.origin}/s/${none.slug}`,
    MCP_OBS_KEY: none.key,
    ISSUER_URL: issuer,
  }
  const server = await listenTo(bun('express', 'server'), at)
  const raise = [...bun('express', 'client'), '--url', server.url]
  const unknown = await run(raise, { ...at, ACCESS_TOKEN: 'no token' })
  expect(unknown.code).toBe(1)
  const raised = await run(raise, { ...at, ACCESS_TOKEN: await provider.tokenFor('alex') })
  expect(raised).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('"DOCUAPI-NORTHWIND-1"'),
  })
  await server.stop()

  expect(
    await world.database.owner`
    select mcp_user_issuer, mcp_user_id, user_email, reporter_proof from support_ticket`,
  ).toEqual([
    {
      mcp_user_issuer: issuer,
      mcp_user_id: 'alex',
      user_email: 'alex@company.com',
      reporter_proof: 'vouched',
    },
  ] as never)
  const { cookie } = await plantSession(world, world.northwind.staff.id)
  const shown = await fetch(`${served.origin}/northwind/tickets/1`, { headers: { cookie } })
  const ticket = plainText(await shown.text())
  expect(ticket).toMatch(/vouched for by the server/i)
  expect(ticket).toContain('Alex of alex')
  expect(ticket).toContain('401 Unauthorized from GET /api/search')
}, 60_000)
