import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { escapeHTML } from 'bun'
import type { Browser } from 'playwright-core'
import { createApp } from '#src/app.ts'
import { storable } from '#src/lib/text.ts'
import { payloads } from '../hostile/payloads.ts'
import { plantNames, plantTicket } from '../hostile/planting.ts'
import { type Listening, listen } from '../web/listening.ts'
import { makeWorld, type World } from '../world.ts'
import { launchChromium } from './chromium.ts'
import { setTripwire, type Tripwire } from './tripwire.ts'

setDefaultTimeout(180_000)
let world: World
let browser: Browser
/** The desk as it is, and the desk without its policy: there, nothing but escaping protects. */
let desk: Listening
let bare: { origin: string; stop(): Promise<void> }
/** What is done to a page of the bare desk on its way: a planted mistake. */
let rewrite = (html: string) => html
let session: string
const numbers: number[] = []

beforeAll(async () => {
  world = await makeWorld()
  for (const text of payloads) numbers.push(await plantTicket(world, world.northwind, text))
  const { owner } = world.database
  await owner`insert into membership values (${world.northwind.staff.id}, ${world.southwind.scope.organizationId}, 'member')`
  const cookie = await signIn()
  session = cookie.split('=')[1] ?? ''
  desk = await listen(world.desk)
  bare = serveBare()
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await bare?.stop()
  await desk?.stop()
  await world?.close()
})

function serveBare() {
  const app = createApp(world.desk)
  const server = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    async fetch(request) {
      const response = await app.handle(request)
      const headers = new Headers(response.headers)
      headers.delete('content-security-policy')
      headers.delete('content-length')
      const html = headers.get('content-type')?.startsWith('text/html')
      const body = html ? rewrite(await response.text()) : response.body
      return new Response(body, { status: response.status, headers })
    },
  })
  return { origin: server.url.origin, stop: () => server.stop(true) }
}

const signIn = () => world.signIn(world.northwind.staff.email)

async function signedIn(origin: string): Promise<Tripwire> {
  const tripwire = await setTripwire(browser, origin)
  const { hostname } = new URL(origin)
  const cookie = { name: 'mcp_obs_session', value: session, httpOnly: true, path: '/' }
  await tripwire.page.context().addCookies([{ ...cookie, domain: hostname }])
  return tripwire
}

/** Opens pages one after another; answers those on which something happened. */
async function walk(tripwire: Tripwire, paths: string[]) {
  const tripped: Record<string, string[]> = {}
  for (const path of paths) {
    const noticed = await tripwire.visit(path)
    if (noticed.length > 0) tripped[path] = noticed
  }
  return tripped
}

const query = (text: string) =>
  new URLSearchParams({ q: text.replaceAll('\0', ''), server: text.replaceAll('\0', '') })

for (const policy of ['without the policy', 'under the policy'])
  describe(`hostile texts in Chromium, ${policy}`, () => {
    let tripwire: Tripwire
    // Escaping is what is tested; the policy has to change nothing about it.
    const texts = policy === 'under the policy' ? payloads.filter((_, n) => n % 6 === 0) : payloads
    const origin = () => (policy === 'under the policy' ? desk : bare).origin
    beforeAll(async () => {
      tripwire = await signedIn(origin())
    })
    afterAll(() => tripwire?.close())

    test('do nothing on any ticket’s page, in its answers, or in names', async () => {
      for (const text of texts) {
        await plantNames(world, world.northwind, text)
        const number = numbers[payloads.indexOf(text)]
        expect(
          await walk(tripwire, [`/northwind/tickets/${number}`, `/northwind/causes/${number}`]),
        ).toEqual({})
      }
    })

    test('do nothing in the lists, whatever they are narrowed to', async () => {
      for (const text of texts.slice(0, 3)) {
        await plantNames(world, world.northwind, text)
        const list = '/northwind/tickets'
        const paths = ['', '?status=open', '?status=in_progress', '?status=closed', '?q=trip']
        paths.push('?status=closed&server=billing-northwind', '?before=30', '?after=10')
        const causes = ['/northwind/causes?state=all', '/northwind/causes?state=all&page=2']
        expect(await walk(tripwire, [...paths.map((path) => list + path), ...causes])).toEqual({})
      }
    })

    test('do nothing where an address or an error repeats them', async () => {
      const paths = texts
        .filter((_, n) => n % 2 === 0)
        .flatMap((text) => [`/northwind/tickets?${query(text)}`])
      for (const text of texts.slice(0, 6))
        paths.push(
          `/northwind/tickets/${numbers[0]}?${query(text)}`,
          `/${encodeURIComponent(text.toWellFormed())}/tickets`,
          `/northwind/tickets/${encodeURIComponent(text.toWellFormed())}`,
        )
      expect(await walk(tripwire, paths)).toEqual({})
    })

    test('do nothing where one chooses an organization, or searches by typing', async () => {
      for (const text of texts.slice(0, 6)) {
        await plantNames(world, world.northwind, text)
        await plantNames(world, world.southwind, text)
        expect(await walk(tripwire, ['/'])).toEqual({})
      }
      await tripwire.page.goto(`${origin()}/northwind/tickets`)
      for (const typed of ['trip', '<img src=x onerror=__trip(1) data-trip>']) {
        const answer = tripwire.page.waitForResponse((response) => response.url().includes('q='))
        await tripwire.page.fill('input[type=search]', typed)
        await answer
        await tripwire.page.waitForTimeout(100)
        expect(await tripwire.touch()).toEqual([])
      }
    })

    test('do nothing on the sign-in page that repeats them', async () => {
      const stranger = await setTripwire(browser, origin())
      for (const text of texts.filter((_, n) => n % 2 === 0)) {
        await world.database.owner`delete from attempt_bucket`
        await stranger.visit(`/sign-in?${new URLSearchParams({ next: text.replaceAll('\0', '') })}`)
        await Promise.all([
          stranger.page.waitForEvent('load'),
          stranger.page.evaluate(`signInWith(${JSON.stringify(text)})`),
        ])
        expect(await stranger.page.textContent('[role=alert]')).toContain('don’t belong together')
        expect(await stranger.touch()).toEqual([])
      }
      await stranger.close()
    })
  })

describe('the tripwire', () => {
  /** Leaves out the escaping of one field of a ticket's page: the description. */
  const unescaped = (text: string) => (html: string) => {
    const [before = '', after = ''] = html.split('<section class="message"')
    return `${before}<section class="message"${after.replace(escapeHTML(storable(text)), () => text)}`
  }

  test('is set off by each text that brings an element, in one field that is not escaped', async () => {
    const silent: string[] = []
    const said = new Map<number, string>()
    let tripwire = await signedIn(bare.origin)
    for (const [n, text] of payloads.entries()) {
      if (!/<[a-z]/i.test(text)) continue
      rewrite = unescaped(text)
      // Nothing of the text before is left to happen, such as to be led elsewhere.
      await tripwire.page.goto('about:blank').catch(async () => {
        await tripwire.close()
        tripwire = await signedIn(bare.origin)
      })
      const noticed = await tripwire.visit(`/northwind/tickets/${numbers[n]}`)
      said.set(n, noticed.join('\n'))
      if (noticed.length === 0) silent.push(text)
    }
    await tripwire.close()
    rewrite = (html) => html
    expect(silent).toEqual([])
    const of = (part: string) => payloads.findIndex((text) => text.includes(part))
    for (const part of [
      '<script>',
      '<img',
      '<svg onload',
      '<iframe',
      '<details',
      'hx-on:',
      '</pre>',
    ])
      expect({ part, said: said.get(of(part)) }).toMatchObject({
        said: expect.stringContaining(`ran ${of(part)}`),
      })
    expect(said.get(of('hx-get=/tripped hx-trigger=load'))).toContain('asked for')
    expect(said.get(of('<meta'))).toContain('asked for')
  })

  test('is set off by a link and by an attribute that data wrote', async () => {
    for (const [html, by] of [
      ['href="javascript:__trip(901)" data-x="mailto:', 'ran 901'],
      ['onmouseover="__trip(902)" href="mailto:', 'ran 902'],
      ['href="https://evil.example/" data-x="mailto:', 'a href=https://evil.example/'],
    ] as const) {
      rewrite = (page) => page.replaceAll('href="mailto:', html)
      const tripwire = await signedIn(bare.origin)
      const noticed = await tripwire.visit(`/northwind/tickets/${numbers[0]}`)
      expect(noticed.join('\n')).toContain(by)
      await tripwire.close()
    }
    rewrite = (html) => html
  })
})
