import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import type { Browser, Page } from 'playwright-core'
import type { AuthMode } from '#sdk/contract.ts'
import { storable } from '#src/lib/text.ts'
import { openOrganization } from '#src/organizations/queries.ts'
import { showFreshKey } from '#src/servers/connect/fresh.tsx'
import { createServer } from '#src/servers/creating.ts'
import { addKey } from '#src/servers/keys.ts'
import { findServer } from '#src/servers/queries.ts'
import type { Visit } from '#src/web/route.ts'
import { launchChromium } from '../browser/chromium.ts'
import { harmless, payloads } from '../hostile/payloads.ts'
import { plantNames } from '../hostile/planting.ts'
import { skeletonOf } from '../hostile/skeleton.ts'
import { join } from '../staff/colleagues.ts'
import { plantSession } from '../walls/facts.ts'
import { type Listening, listen } from '../web/listening.ts'
import { issuer, makeWorld, type TestServer, type World } from '../world.ts'
import { plainText, textOf } from './page.ts'

type Person = { id: string; cookie: string }
let world: World
let mira: Person
beforeEach(async () => {
  world = await makeWorld()
  const { id } = world.northwind.staff
  mira = { id, cookie: (await plantSession(world, id)).cookie }
})
afterEach(() => world.close())

const at = (
  { slug }: { slug: string },
  path: string,
  who: Person = mira,
  form?: Record<string, string>,
) =>
  world.ask(`/northwind/servers/${slug}/${path}`, {
    cookie: who.cookie,
    ...(form && { form }),
  })
const connect = async (server: { slug: string }, who?: Person) =>
  (await at(server, 'connect', who)).text()
const sendTest = (server: { slug: string }, who?: Person) =>
  at(server, 'test-ticket', who, { as: 'form' })
const progress = (server: TestServer, was: string) =>
  at(server, `connect/progress?${new URLSearchParams({ was })}`)

/** A new key, shown as the answer to making it. */
async function fresh({ slug }: { slug: string }) {
  const { scope } = world.northwind
  const server = await findServer(scope, slug)
  const opened = await openOrganization(world.database, mira.id, 'northwind')
  if (!server || !opened) throw new Error('no server')
  const made = await addKey(scope, server.id, 'secret')
  if (!made.ok) throw new Error(made.problem)
  const staff = { id: mira.id, email: world.northwind.staff.email, name: 'Mira O’Okafor' }
  const visit = { desk: world.desk } as Visit
  return {
    key: made.key,
    response: await showFreshKey({ staff, ...opened }, server, made.key, visit),
  }
}

/** A server of Northwind whose end-users are known in this way. */
async function serverWith(auth: AuthMode) {
  const made = await createServer(world.northwind.scope, {
    slug: `new-${auth}`,
    name: 'DocuAPI',
    auth,
    ...(auth === 'external' && { issuer, audience: 'https://docuapi.example.com/mcp' }),
    support: true,
    context: 'recent',
  })
  if (!made.ok) throw new Error(made.problem)
  return made
}

const ticketOf = async (number: number) => {
  const [row] = await world.database.owner`
    select title, reporter_proof, user_email, mcp_user_issuer, mcp_user_id from support_ticket
    where organization_id = ${world.northwind.scope.organizationId} and number = ${number}`
  return row
}

describe('what is copied', () => {
  test('holds the canonical address and the fresh key, this once', async () => {
    const { none } = world.northwind.servers
    const { key, response } = await fresh(none)
    expect(response.status).toBe(201)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const text = await response.text()
    expect(textOf(text, 'environment-text')).toBe(
      `MCP_OBS_URL=http://localhost:3000/s/${none.slug}\nMCP_OBS_KEY=${key}`,
    )
    expect(textOf(text, 'curl')).toContain(`/s/${none.slug}/api/support`)
    expect(text).toMatch(/not shown again/)
    const later = await connect(none)
    expect(later).not.toContain(key)
    expect(later).not.toMatch(/sk_/)
    expect(textOf(later, 'environment-text')).toContain('MCP_OBS_KEY=<the key you stored>')
    expect(textOf(later, 'curl')).toContain('$MCP_OBS_KEY')
  })

  test('offers each package manager and each kind of server object', async () => {
    const text = await connect(world.northwind.servers.none)
    expect(textOf(text, 'install-0-text')).toBe('npm install @mcp-obs/sdk')
    expect(textOf(text, 'install-1-text')).toBe('bun add @mcp-obs/sdk')
    expect(textOf(text, 'install-2-text')).toBe('pnpm add @mcp-obs/sdk')
    expect(textOf(text, 'code-0-text')).toContain('new McpServer(')
    expect(textOf(text, 'code-1-text')).toContain('new Server(')
  })

  test('shows how tokens are verified where the desk issues them, and nowhere else', async () => {
    const { platform, external } = world.northwind.servers
    const verifier = textOf(await connect(platform), 'verify-text')
    expect(verifier).toContain("from '@mcp-obs/sdk/verify'")
    expect(verifier).toContain('resource: "https://your-server.example/mcp"')
    await world.database.owner`update mcp_server set audience = 'https://docuapi.example/mcp'
      where slug = ${platform.slug}`
    const known = textOf(await connect(platform), 'verify-text')
    expect(known).toContain('resource: "https://docuapi.example/mcp"')
    expect(await connect(external)).not.toContain('createTokenVerifier')
  })

  test('is for all members; keys and test tickets are for owners', async () => {
    const { none } = world.northwind.servers
    const sam = await join(world, world.northwind)
    for (const [who, may] of [
      [mira, true],
      [sam, false],
    ] as const) {
      const text = await connect(none, who)
      expect(text).toContain(`/s/${none.slug}`)
      expect(text.includes(`/servers/${none.slug}/keys"`)).toBe(may)
      expect(text.includes('/test-ticket"')).toBe(may)
    }
    expect((await sendTest(none, sam)).status).toBe(404)
  })
})

describe('the curl line', () => {
  let desk: Listening
  beforeEach(async () => {
    desk = await listen(world.desk)
  })
  afterEach(() => desk.stop())

  const paste = async (line: string, environment = {}) => {
    const shell = Bun.spawn(['/bin/sh', '-c', line], {
      env: { PATH: process.env.PATH ?? '', ...environment },
      stdout: 'pipe',
      stderr: 'pipe',
    })
    return new Response(shell.stdout).text()
  }

  for (const auth of ['none', 'external'] as const)
    test(`files a ticket as pasted, auth ${auth}`, async () => {
      const server = await serverWith(auth)
      const { response } = await fresh(server)
      const said = await paste(textOf(await response.text(), 'curl'))
      expect(said).toContain(' 201 ')
      expect((await ticketOf(1))?.title).toBe('Test ticket from curl')
    })

  test('asks for the settings where only somebody signed in can raise a ticket', async () => {
    const { response } = await fresh(await serverWith('platform'))
    const page = await response.text()
    const said = await paste(textOf(page, 'curl'))
    expect(said).toContain(' 200 ')
    expect(said).toContain('"auth":"platform"')
    expect(plainText(page)).toContain('for an end-user who is signed in')
    expect(await ticketOf(1)).toBeUndefined()
  })

  test('takes a stored key from the environment', async () => {
    const { none } = world.northwind.servers
    const page = await fetch(`${desk.origin}/northwind/servers/${none.slug}/connect`, {
      headers: { cookie: mira.cookie },
    })
    const line = textOf(await page.text(), 'curl')
    expect(await paste(line, { MCP_OBS_KEY: none.key })).toContain(' 201 ')
    expect(await paste(line, { MCP_OBS_KEY: 'sk_wrong' })).toContain('key_invalid')
  })

  test('is one line of a shell whatever an issuer holds', async () => {
    const { external } = world.northwind.servers
    const odd = `https://x.example/'"; echo broken; $(echo broken) \`echo broken\` \\`
    await world.database.owner`update mcp_server set issuer = ${odd} where slug = ${external.slug}`
    const { response } = await fresh(external)
    const said = await paste(textOf(await response.text(), 'curl'))
    expect(said).toContain(' 201 ')
    expect(said).not.toContain('broken')
    expect((await ticketOf(1))?.mcp_user_issuer).toBe(odd)
  })
})

describe('the live line', () => {
  const settings = (server: TestServer) =>
    world.ask(`/s/${server.slug}/trpc/support.settings`, {
      key: server.key,
      headers: { 'user-agent': '@mcp-obs/sdk/0.1.0' },
    })

  test('goes from waiting over the SDK to the first ticket, and then asks no more', async () => {
    const { none } = world.northwind.servers
    const waiting = await progress(none, 'waiting')
    expect(waiting.headers.get('hx-trigger')).toBeNull()
    const text = await waiting.text()
    expect(text).toContain('Waiting for your server')
    expect(text).toContain(`hx-get="/northwind/servers/${none.slug}/connect/progress?was=waiting"`)
    expect(text).toContain('hx-trigger="every 3s"')

    await settings(none)
    await world.database.owner`update mcp_server
      set sdk_seen_at = now() - interval '12 seconds', sdk_version = '0.1.0'
      where slug = ${none.slug}`
    const seen = await progress(none, 'waiting')
    expect(seen.headers.get('hx-trigger')).toBe('{"toast":"SDK seen"}')
    expect(plainText(await seen.text())).toMatch(/SDK 0\.1\.0 seen 1[2-5] s ago/)

    const number = await world.file(none)
    const arrived = await progress(none, 'seen')
    expect(arrived.headers.get('hx-trigger')).toBe('{"toast":"First ticket arrived"}')
    const last = await arrived.text()
    expect(last).toContain('First ticket arrived')
    expect(last).toContain(`href="/northwind/tickets/${number}"`)
    expect(last).not.toContain('hx-get')
    expect(await connect(none)).toContain('A ticket arrived')
  })

  test('says first of all that support, or the server, is switched off', async () => {
    const { none, quiet } = world.northwind.servers
    const text = await (await progress(quiet, 'waiting')).text()
    expect(text).toContain('Support is switched off')
    expect(text).toContain(`href="/northwind/servers/${quiet.slug}"`)
    expect(text).toContain('every 3s')
    await world.file(none)
    await world.database.owner`update mcp_server set enabled = false where slug = ${none.slug}`
    expect(await connect(none)).toContain('The server is switched off')
  })
})

describe('a test ticket', () => {
  for (const auth of ['none', 'external', 'platform'] as const)
    test(`is raised by an e-mail that nobody vouched for, auth ${auth}`, async () => {
      const sent = await sendTest(await serverWith(auth))
      expect([sent.status, sent.headers.get('location')]).toEqual([303, '/northwind/tickets/1'])
      expect(await ticketOf(1)).toEqual({
        title: 'Test ticket from the dashboard',
        reporter_proof: 'email',
        user_email: world.northwind.staff.email,
        mcp_user_issuer: null,
        mcp_user_id: null,
      })
    })

  test('is refused in words, and leaves nothing behind', async () => {
    const { none, quiet } = world.northwind.servers
    const off = await sendTest(quiet)
    expect(off.status).toBe(422)
    expect(await off.text()).toContain('Support is switched off for this server')
    for (let n = 1; n <= 5; n++) expect((await sendTest(none)).status).toBe(303)
    const many = await sendTest(none)
    expect(many.status).toBe(429)
    expect(await many.text()).toMatch(/You sent several already\. Try again in \d+ min/)
    await world.database.owner`update mcp_server set enabled = false where slug = ${none.slug}`
    expect(await (await sendTest(none)).text()).toContain('its address answers nobody')
    expect(await ticketOf(6)).toBeUndefined()
  })
})

describe('what was refused', () => {
  test('is told with its reason, how often and when, and that there is nothing', async () => {
    const { none } = world.northwind.servers
    expect(await connect(none)).toContain('Nothing was refused')
    const { organizationId } = world.northwind.scope
    await world.database.owner`insert into refused_attempt
      select ${organizationId}, id, reason, times, now() - interval '4 minutes'
        from mcp_server, (values ('key_invalid', 7), ('<b>new</b>', 1)) as r (reason, times)
       where slug = ${none.slug}`
    const text = plainText(await connect(none))
    expect(text).toContain('key_invalid 7 times, last 4 min')
    expect(text).toContain('Check MCP_OBS_KEY')
    expect(text).toContain('<b>new</b> once, last 4 min')
    expect(await connect(world.northwind.servers.external)).toContain('Nothing was refused')
  })
})

test('a hostile text in every field leaves the page as it is', async () => {
  const { external } = world.northwind.servers
  const planted = async (text: string) => {
    await plantNames(world, world.northwind, text)
    const kept = storable(text)
    await world.database.owner`
      update mcp_server set issuer = ${kept}, sdk_version = ${kept}, sdk_seen_at = now()
       where slug = ${external.slug}`
    const line = await (await progress(external, text.replaceAll('\0', ''))).text()
    return skeletonOf((await connect(external)) + line)
  }
  const plain = await planted(harmless)
  for (const text of payloads) expect((await planted(text)).elements).toEqual(plain.elements)
})

test('a server of another organization is not found, whichever address is asked', async () => {
  const foreign = world.southwind.servers.none
  for (const slug of [foreign.slug, 'nothing', "' or true"]) {
    const server = { slug: encodeURIComponent(slug) }
    for (const path of ['connect', 'connect/progress?was=waiting'])
      expect((await at(server, path)).status).toBe(404)
    expect((await sendTest(server)).status).toBe(404)
  }
  const text = await connect(world.northwind.servers.none)
  expect(text).not.toContain('southwind')
})

describe('in a browser, a page that answered a form', () => {
  let browser: Browser
  let desk: Listening
  let page: Page
  const posts: string[] = []
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser?.close())
  beforeEach(async () => {
    desk = await listen(world.desk)
    page = await browser.newPage()
    posts.length = 0
    page.on('request', (request) => {
      if (request.method() === 'POST') posts.push(new URL(request.url()).pathname)
    })
    const [name = '', value = ''] = mira.cookie.split('=')
    await page.context().addCookies([{ name, value, url: desk.origin }])
  })
  afterEach(async () => {
    await page.context().close()
    await desk.stop()
  })
  const connected = () => `/northwind/servers/${world.northwind.servers.none.slug}/connect`
  const path = () => new URL(page.url()).pathname

  test('makes no other key when it is read again', async () => {
    await page.goto(desk.origin + connected())
    await page.getByText('Make a new key').click()
    await page.getByText('Copy the key now').waitFor()
    expect(path()).toBe(connected())
    await page.reload()
    expect(await page.getByText('Copy the key now').count()).toBe(0)
    expect(posts).toHaveLength(1)
  })

  test('makes no other invitation when it is read again', async () => {
    await page.goto(`${desk.origin}/northwind/members`)
    await page.getByText('Make a link').click()
    await page.getByText('Send this link to one person').waitFor()
    expect(path()).toBe('/northwind/members')
    await page.reload()
    expect(await page.getByText('Send this link to one person').count()).toBe(0)
    expect(posts).toHaveLength(1)
  })

  test('leads to signing in and back once the session is over', async () => {
    await page.goto(desk.origin + connected())
    await page.getByText('Make a new key').click()
    await page.getByText('Copy the key now').waitFor()
    await world.database.owner`delete from session`
    await page.waitForURL((url) => url.pathname === '/sign-in')
    expect(new URL(page.url()).searchParams.get('next')).toBe(connected())
    expect(posts).toHaveLength(1)
  })
})
