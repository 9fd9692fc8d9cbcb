import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import type { Browser } from 'playwright-core'
import { launchChromium } from '../browser/chromium.ts'
import { harmless, payloads } from '../hostile/payloads.ts'
import { skeletonOf } from '../hostile/skeleton.ts'
import { type Issuer, newKey, openIssuer } from '../sdk/verify/issuer.ts'
import { join } from '../staff/colleagues.ts'
import { plantSession } from '../walls/facts.ts'
import { rowVersions } from '../walls/rows.ts'
import { listen } from '../web/listening.ts'
import { plainText } from './page.ts'
import { type Form, form, held, makePages } from './pages.ts'

let desk: Awaited<ReturnType<typeof makePages>>
let issuer: Issuer
beforeEach(async () => {
  desk = await makePages()
  issuer = await openIssuer()
  issuer.published.push((await newKey('second')).publicJwk)
})
afterEach(async () => {
  issuer.close()
  await desk.world.close()
})

const { slug: _, ...settings } = form
const external = (more: Form = {}): Form => ({
  ...settings,
  auth: 'external',
  issuer: issuer.issuer,
  audience: 'docs',
  ...more,
})
const problemOf = (page: string, field: string) =>
  plainText(new RegExp(`id="${field}-problem">([^<]*)<`).exec(page)?.[1] ?? '')

describe('an issuer that is chosen', () => {
  test('is saved where it answers, and shown with its keys', async () => {
    const { none } = desk.world.northwind.servers
    expect((await desk.at(`/${none.slug}/settings`, external())).status).toBe(303)
    const page = await desk.read(`/${none.slug}?changed=settings`)
    expect(plainText(page).split(`Connected to ${issuer.issuer} · 2 keys`)).toHaveLength(3)
    expect(page).not.toContain('hx-trigger="load"')
    expect((await desk.settingsOf(none.slug, none.key)).auth).toBe('external')
    expect(issuer.requests).toHaveLength(2)
  })

  test('is refused with the reason where it does not, and nothing is saved', async () => {
    const { none } = desk.world.northwind.servers
    issuer.metadata.issuer = `${issuer.issuer}/`
    const before = await rowVersions(desk.world.database.owner)
    for (const [path, sent] of [
      [`/${none.slug}/settings`, external({ name: 'Renamed' })],
      ['', { ...external({ name: 'Renamed' }), slug: 'renamed' }],
    ] as const) {
      const response = await desk.at(path, sent)
      expect(response.status).toBe(422)
      const page = await response.text()
      expect(problemOf(page, 'issuer')).toContain(`is about another issuer: "${issuer.issuer}/".`)
      expect(held(page, 'name')).toBe('Renamed')
      expect(held(page, 'issuer')).toBe(issuer.issuer)
    }
    expect(await rowVersions(desk.world.database.owner)).toEqual(before)
  })

  test('may be down later: what else is changed is saved, another issuer is not', async () => {
    const { none } = desk.world.northwind.servers
    const { owner } = desk.world.database
    issuer.goAway()
    await owner`update mcp_server set auth = 'external', issuer = ${issuer.issuer}, audience = 'docs'
      where slug = ${none.slug}`
    const renamed = external({ name: 'Renamed' })
    expect((await desk.at(`/${none.slug}/settings`, renamed)).status).toBe(303)
    expect((await desk.found(none.slug))?.name).toBe('Renamed')
    const other = external({ issuer: `${issuer.issuer}/other` })
    expect((await desk.at(`/${none.slug}/settings`, other)).status).toBe(422)
    expect((await desk.at(`/${none.slug}/settings`, settings)).status).toBe(303)
    expect((await desk.at(`/${none.slug}/settings`, renamed)).status).toBe(422)
  })

  test('is not asked where its name can’t be one', async () => {
    const { none } = desk.world.northwind.servers
    const plain = external({ issuer: 'http://login.acme.example' })
    const page = await (await desk.at(`/${none.slug}/settings`, plain)).text()
    expect(problemOf(page, 'issuer')).toContain('Use https.')
  })

  test('leaves the page as it is, whatever it calls itself', async () => {
    const { none } = desk.world.northwind.servers
    const named = async (text: string, path: string) => {
      const at = `/.well-known/oauth-authorization-server${path}`
      issuer.answers.set(at, () => Response.json({ issuer: text }))
      const sent = external({ issuer: issuer.issuer + path })
      const page = await (await desk.at(`/${none.slug}/settings`, sent)).text()
      expect(problemOf(page, 'issuer')).toContain('is about another issuer')
      return (await skeletonOf(page)).elements
    }
    const plain = await named(harmless, '/tenant')
    for (const [index, text] of payloads.slice(0, 15).entries())
      expect(await named(text, `/tenant-${index}`)).toEqual(plain)
  })
})

describe('the claims', () => {
  test('that are named are what the server’s SDK reads a ticket’s person from', async () => {
    const { none } = desk.world.northwind.servers
    const sent = external({ emailClaim: ' https://acme.example/mail ', nameClaim: '' })
    await desk.at(`/${none.slug}/settings`, sent)
    expect((await desk.settingsOf(none.slug, none.key)).claims).toEqual({
      email: 'https://acme.example/mail',
      name: 'name',
    })
    const page = await desk.read(`/${none.slug}`)
    expect(held(page, 'emailClaim')).toBe('https://acme.example/mail')
    expect(page).toContain('<details class="trouble" open>')
    await desk.at(`/${none.slug}/settings`, external())
    expect(await desk.read(`/${none.slug}`)).toContain('<details class="trouble">')
  })

  test('have names that fit on a line', async () => {
    const { none } = desk.world.northwind.servers
    for (const emailClaim of ['x'.repeat(201), 'two\nlines']) {
      const response = await desk.at(`/${none.slug}/settings`, external({ emailClaim }))
      expect(response.status).toBe(422)
      expect(problemOf(await response.text(), 'emailClaim')).not.toBe('')
    }
  })
})

describe('the line about the connection', () => {
  const line = async (slug: string, as?: string) => desk.at(`/${slug}/issuer`, undefined, as)

  test('is asked for by the page, which does not wait for it', async () => {
    const { external } = desk.world.northwind.servers
    const { owner } = desk.world.database
    await owner`update mcp_server set issuer = ${issuer.issuer} where slug = ${external.slug}`
    const page = await desk.read(`/${external.slug}`)
    expect(issuer.requests).toEqual([])
    expect(page).toContain(
      `hx-get="/northwind/servers/${external.slug}/issuer" hx-trigger="load" hx-swap="outerHTML"`,
    )
    const answer = await (await line(external.slug)).text()
    expect(plainText(answer)).toMatch(
      /^Connected to http\S+ · 2 keys ?Checked just now\. Check again$/,
    )
    expect(answer).not.toContain('hx-trigger')
    expect(answer).not.toContain('<html')
  })

  test('says why there is none, and is a link without JavaScript', async () => {
    const { external } = desk.world.northwind.servers
    const { owner } = desk.world.database
    issuer.published = []
    await owner`update mcp_server set issuer = ${issuer.issuer} where slug = ${external.slug}`
    const link = `?check=issuer#connection`
    expect(await desk.read(`/${external.slug}`)).toContain(`${external.slug}${link}"`)
    const page = plainText(await desk.read(`/${external.slug}?check=issuer`))
    expect(page).toContain(`Not connected to ${issuer.issuer}`)
    expect(page).toContain(`${issuer.issuer}/jwks publishes no key that signs.`)
  })

  test('is for all members, and for servers that have an issuer', async () => {
    const { external, none } = desk.world.northwind.servers
    const { owner } = desk.world.database
    const sam = await join(desk.world, desk.world.northwind)
    await owner`update mcp_server set issuer = ${issuer.issuer} where slug = ${external.slug}`
    expect((await line(external.slug, sam.cookie)).status).toBe(200)
    expect((await line(none.slug)).status).toBe(404)
    expect((await line(desk.world.southwind.servers.external.slug)).status).toBe(404)
    expect(await desk.read(`/${none.slug}`)).not.toContain('id="connection"')
  })
})

describe('in a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchChromium()
  }, 60_000)
  afterAll(() => browser?.close())

  for (const javaScriptEnabled of [true, false])
    test(`an issuer is refused, put right, and connected, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async () => {
      const { world } = desk
      const served = await listen(world.desk)
      const context = await browser.newContext({ javaScriptEnabled })
      const page = await context.newPage()
      const { cookie } = await plantSession(world, world.northwind.staff.id)
      const [name = '', value = ''] = cookie.split('=')
      await context.addCookies([{ name, value, url: served.origin }])
      const settingsUrl = `${served.origin}/northwind/servers/${world.northwind.servers.none.slug}`

      await page.goto(settingsUrl)
      await page.getByLabel('Your own sign-in').check()
      await page.getByLabel('Issuer').fill(`${issuer.issuer}/`)
      await page.getByLabel('Audience').fill('https://docuapi.example/mcp')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.locator('#issuer-problem', { hasText: 'is about another issuer' }).waitFor()
      expect(await page.getByLabel('Issuer').inputValue()).toBe(`${issuer.issuer}/`)
      await page.getByLabel('Issuer').fill(issuer.issuer)
      await page.getByRole('button', { name: 'Save' }).click()
      const line = page.locator('#connection')
      await line.getByText('2 keys').waitFor()

      issuer.published = []
      const other = await openIssuer({ path: '/other' })
      await world.database.owner`update mcp_server set issuer = ${other.issuer}
        where slug = ${world.northwind.servers.none.slug}`
      await page.goto(settingsUrl)
      if (!javaScriptEnabled) await line.getByRole('link', { name: 'Check the connection' }).click()
      await line.getByText('1 key').waitFor()
      const again = line.getByRole('link', { name: 'Check again' })
      if (javaScriptEnabled) {
        await Promise.all([page.waitForResponse(/\/issuer$/), again.click()])
        await page.locator('#connection:not(.htmx-request)').waitFor()
        expect(await page.evaluate('document.activeElement.textContent')).toBe('Check again')
      } else await again.click()
      await line.getByText('1 key').waitFor()
      expect(new URL(page.url()).search).toBe(javaScriptEnabled ? '' : '?check=issuer')

      other.close()
      await context.close()
      await served.stop()
    })
})
