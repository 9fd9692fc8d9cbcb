import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { escapeHTML } from 'bun'
import { storable } from '#src/lib/text.ts'
import { harmless, payloads } from './hostile/payloads.ts'
import { plantNames, plantTicket } from './hostile/planting.ts'
import { skeletonOf } from './hostile/skeleton.ts'
import { type Facts, factsAbout } from './walls/facts.ts'
import { baseUrl, makeWorld, type World } from './world.ts'

let world: World
let cookie: string
let invitation: Facts['invitation']
const numbers = new Map<string, number>()
beforeAll(async () => {
  world = await makeWorld()
  cookie = await world.signIn(world.northwind.staff.email)
  const facts = await factsAbout(world, world.northwind)
  invitation = facts.invitation
  // One member only: the order of several follows their names.
  await world.database.owner`delete from membership where staff_id = ${facts.colleague}`
  for (const text of [harmless, ...payloads])
    numbers.set(text, await plantTicket(world, world.northwind, text))
  // Each of them has a neighbour on both sides, and none is like another.
  await plantTicket(world, world.northwind, 'a neighbour')
}, 30_000)
afterAll(() => world.close())

const read = async (path: string, headers: Record<string, string> = {}) => {
  const response = await world.ask(path, { cookie, headers })
  return { status: response.status, headers: response.headers, html: await response.text() }
}

/** Leads to our own pages, or writes to one address with nothing but our subject. */
function isOurs(link: string): boolean {
  const url = new URL(link, baseUrl)
  if (url.protocol !== 'mailto:') return url.origin === baseUrl && /^[/#]/.test(link)
  return (
    !url.pathname.includes(',') && [...url.searchParams.keys()].every((key) => key === 'subject')
  )
}

async function expectSame(hostile: string, plain: string) {
  const [found, expected] = [await skeletonOf(hostile), await skeletonOf(plain)]
  expect(found.elements).toEqual(expected.elements)
  expect(found.links.filter((link) => !isOurs(link))).toEqual([])
}

describe('a hostile text in every field', () => {
  for (const [n, text] of payloads.entries())
    test(`leaves the ticket’s page as it is (${n}: ${JSON.stringify(text).slice(0, 50)})`, async () => {
      const page = await read(`/northwind/tickets/${numbers.get(text)}`)
      const plain = await read(`/northwind/tickets/${numbers.get(harmless)}`)
      expect(page.status).toBe(200)
      expect(page.html).toContain(escapeHTML(storable(text)))
      // Chips for what was redacted are elements of ours.
      const chips = /<span class="redaction">([^<]*)<\/span>/g
      await expectSame(page.html.replace(chips, '$1'), plain.html)
    })

  for (const [n, text] of payloads.entries())
    test(`leaves the page of its cause as it is (${n})`, async () => {
      const page = await read(`/northwind/causes/${numbers.get(text)}`)
      const plain = await read(`/northwind/causes/${numbers.get(harmless)}`)
      expect(page.status).toBe(200)
      expect(page.html).toContain(escapeHTML(storable(text)))
      const chips = /<span class="redaction">([^<]*)<\/span>/g
      await expectSame(page.html.replace(chips, '$1'), plain.html)
    })

  test('leaves the list of causes as it is', async () => {
    for (const page of [1, 2]) {
      const { html } = await read(`/northwind/causes?state=all&page=${page}`)
      const { elements, links } = await skeletonOf(html)
      const [, ...rows] = html.split('<ol class="list causes"')[1]?.split('<li>') ?? []
      expect(rows.length).toBeGreaterThan(15)
      const skeletons = await Promise.all(
        rows.map(async (row) => (await skeletonOf(row.split('</li>')[0] ?? '')).elements.join()),
      )
      expect(new Set(skeletons).size).toBeLessThanOrEqual(2)
      expect(elements.filter((element) => /data-trip| on\w+/.test(element))).toEqual([])
      expect(links.filter((link) => !isOurs(link))).toEqual([])
    }
  })

  for (const query of ['', '?status=open', '?q=trip', '?server=billing-northwind'])
    for (const part of [false, true])
      test(`leaves the list as it is: ${query || 'all'}${part ? ', as a part' : ''}`, async () => {
        await world.database.owner`update support_ticket set read_at = null`
        const headers: Record<string, string> = part ? { 'hx-request-type': 'partial' } : {}
        const { html } = await read(`/northwind/tickets${query}`, headers)
        const { elements, links } = await skeletonOf(html)
        const rows = elements.filter((element) => element.startsWith('li id class')).length
        const row = (await skeletonOf(/<li id="ticket-\d+"[\s\S]*?<\/li>/.exec(html)?.[0] ?? ''))
          .elements
        expect(rows).toBeGreaterThan(40)
        expect(elements.join('\n').split(row.join('\n')).length - 1).toBe(rows)
        expect(links.filter((link) => !isOurs(link))).toEqual([])
      })

  test('in names leaves every page as it is', async () => {
    const pages = ['/northwind/tickets', '/northwind/tickets/1', '/northwind/tickets?q=zzz']
    pages.push(
      '/northwind/causes',
      '/northwind/causes/1',
      '/northwind/members',
      '/northwind/profile',
      `/invitations/${invitation.token}`,
    )
    const plain = await Promise.all(pages.map(async (path) => (await read(path)).html))
    for (const text of payloads) {
      await plantNames(world, world.northwind, text)
      await world.database.owner`delete from attempt_bucket`
      for (const [n, path] of pages.entries())
        await expectSame((await read(path)).html, plain[n] as string)
    }
    await plantNames(world, world.northwind, harmless)
  }, 60_000)

  test('in the address or a form is echoed as text, in no header, and leads nowhere', async () => {
    const echoes = (text: string) => [
      read(`/northwind/tickets?${new URLSearchParams({ q: text.replaceAll('\0', '') })}`),
      read(`/northwind/tickets?${new URLSearchParams({ server: text.replaceAll('\0', '') })}`),
      read(`/northwind/tickets?${new URLSearchParams({ q: text.replaceAll('\0', '') })}`, {
        'hx-request-type': 'partial',
      }),
      read(`/northwind/tickets/1?${new URLSearchParams({ q: text.replaceAll('\0', '') })}`),
      read(`/${encodeURIComponent(text.replaceAll('\0', '').toWellFormed())}/tickets`),
      signInWith(text),
      fillIn('/northwind/profile', text),
      fillIn(`/invitations/${invitation.token}`, text),
      fillIn('/northwind/members/x/role', text),
      fillIn('/northwind/invitations', text),
      read(`/northwind/causes?${new URLSearchParams({ server: text.replaceAll('\0', '') })}`),
      fillIn('/northwind/causes/1/answer', text),
      fillIn('/northwind/causes/1/answer/preview', text),
    ]
    for (const text of payloads)
      for (const { html, headers, status } of await Promise.all(echoes(text))) {
        expect(status).toBeLessThan(500)
        expect(headers.get('set-cookie') ?? '').not.toContain('trip')
        const { elements, links } = await skeletonOf(html)
        expect(
          elements.filter((element) => /data-trip| on\w+|^(img|iframe|base)/.test(element)),
        ).toEqual([])
        expect(links.filter((link) => !isOurs(link))).toEqual([])
      }
  }, 30_000)

  const signInWith = async (text: string) => {
    await world.database.owner`delete from attempt_bucket`
    return fillIn('/sign-in', text)
  }

  /** Sends a text in every field of the forms that are there. */
  const fillIn = async (path: string, text: string) => {
    const names = 'email password next name role current body link'.split(' ')
    const form = { ...Object.fromEntries(names.map((name) => [name, text])), was: '0' }
    const response = await world.ask(path, { form, ...(path !== '/sign-in' && { cookie }) })
    return { status: response.status, headers: response.headers, html: await response.text() }
  }
})

test('one field that is not escaped changes what is looked at', async () => {
  for (const [n, text] of payloads.entries()) {
    const escaped = escapeHTML(storable(text))
    if (escaped === text || !/<\w/.test(text)) continue
    const { html } = await read(`/northwind/tickets/${numbers.get(text)}`)
    const [before = '', after = ''] = html.split('<section class="message"')
    const planted = `${before}<section class="message"${after.replace(escaped, () => text)}`
    const [found, expected] = [await skeletonOf(planted), await skeletonOf(html)]
    expect({ n, changed: found.elements.join() !== expected.elements.join() }).toEqual({
      n,
      changed: true,
    })
  }
})
