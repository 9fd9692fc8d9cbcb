import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import type { SupportSettings } from '#sdk/contract.ts'
import { newId } from '#src/lib/ids.ts'
import { findServer, serversWithActivity } from '#src/servers/queries.ts'
import { harmless, payloads } from '../hostile/payloads.ts'
import { skeletonOf } from '../hostile/skeleton.ts'
import { join } from '../staff/colleagues.ts'
import { plantSession } from '../walls/facts.ts'
import { rowVersions } from '../walls/rows.ts'
import { jsonOf, makeWorld, type World } from '../world.ts'
import { plainText } from './page.ts'

type Form = Record<string, string>
let world: World
let cookie: string
beforeEach(async () => {
  world = await makeWorld()
  cookie = (await plantSession(world, world.northwind.staff.id)).cookie
})
afterEach(() => world.close())

const form: Form = {
  name: 'Docs & Pages',
  slug: '',
  auth: 'none',
  issuer: '',
  audience: '',
  title: 'Ask the Docs team',
  description: 'Anything about Docs.',
  categories: 'Pages\nother\n\n  Spaces \nPages',
  context: 'recent',
}
const at = (path: string, sent?: Form, as = cookie) =>
  world.ask(`/northwind/servers${path}`, { cookie: as, ...(sent && { form: sent }) })
const read = async (path: string, as?: string) => (await at(path, undefined, as)).text()
const found = (slug: string) => findServer(world.northwind.scope, slug)
const settingsOf = async (slug: string, key: string) => {
  const response = await world.ask(`/s/${slug}/trpc/support.settings`, { key })
  return (await jsonOf<{ result: { data: SupportSettings } }>(response)).result.data
}
const keyIn = (page: string) => /\b[sp]k_[\w-]{43}/.exec(page)?.[0] ?? ''
/** What a field of a page holds. */
const held = (page: string, name: string) => {
  const input = new RegExp(`<input[^>]* name="${name}"[^>]*>`).exec(page)?.[0]
  if (input) return plainText(/ value="([^"]*)"/.exec(input)?.[1] ?? '')
  const [, area = ''] = new RegExp(`name="${name}"[^>]*>([^<]*)</textarea>`).exec(page) ?? []
  return area.replace(/^\n/, '')
}

describe('adding a server', () => {
  test('makes its slug of its name, shows a key once, and leaves support off', async () => {
    const response = await at('', form)
    expect(response.status).toBe(201)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const key = keyIn(await response.text())
    expect(await settingsOf('docs-pages', key)).toEqual({
      enabled: false,
      title: 'Ask the Docs team',
      description: 'Anything about Docs.',
      categories: ['Pages', 'Spaces', 'Other'],
      auth: 'none',
      context: 'recent',
      serverName: 'Docs & Pages',
    })
    for (const page of [await read('/docs-pages'), await read('')]) {
      expect(page).not.toContain(key)
      expect(page).toContain('http://localhost:3000/s/docs-pages')
    }
  })

  test('takes an issuer with its audience, and support where it is chosen', async () => {
    const external = { auth: 'external', issuer: 'https://login.acme.example', audience: 'docs' }
    expect((await at('', { ...form, ...external, slug: 'acme', support: 'on' })).status).toBe(201)
    expect(await found('acme')).toMatchObject({ ...external, supportToolEnabled: true })
  })

  const refused: [field: string, sent: Form, says: string][] = [
    ['name', { name: ' ' }, 'Fill this in.'],
    ['name', { name: 'x'.repeat(81) }, 'Use at most 80 characters.'],
    ['slug', { slug: 'Docs!' }, 'The slug is 3 to 40'],
    ['slug', { slug: 'admin' }, 'reserved'],
    ['slug', { name: '文書' }, 'No address can be made of this name'],
    ['slug', { slug: 'billing-southwind' }, 'is taken'],
    ['auth', { auth: 'platform' }, 'Choose how users are known.'],
    ['issuer', { auth: 'external', audience: 'docs' }, 'Fill this in.'],
    ['issuer', { auth: 'external', issuer: 'javascript:x', audience: 'd' }, 'not a web address'],
    ['audience', { auth: 'external', issuer: 'https://a.example' }, 'Fill this in.'],
    ['title', { title: '' }, 'Fill this in.'],
    ['description', { description: 'x'.repeat(501) }, 'Use at most 500 characters.'],
    ['categories', { categories: `Bug\n${'x'.repeat(41)}` }, 'Use at most 40 characters a line.'],
    [
      'categories',
      { categories: Array.from({ length: 20 }, (_, n) => `c${n}`).join('\n') },
      'at most 20 categories',
    ],
    ['context', { context: 'all' }, 'Choose what goes with a ticket.'],
  ]
  for (const [field, sent, says] of refused)
    test(`says beside ${field} what is wrong with ${JSON.stringify(sent).slice(0, 60)}`, async () => {
      const before = await rowVersions(world.database.owner)
      const typed: Form = { ...form, ...sent }
      const response = await at('', typed)
      expect(response.status).toBe(422)
      const page = await response.text()
      const said = new RegExp(`id="${field}-problem">([^<]*)<`).exec(page)?.[1] ?? ''
      expect(plainText(said)).toContain(says)
      expect(page.match(/id="[a-z]+-problem"/g)).toHaveLength(1)
      for (const name of ['slug', 'issuer', 'title', 'categories'])
        expect(held(page, name)).toBe(typed[name] ?? '')
      expect(await rowVersions(world.database.owner)).toEqual(before)
    })

  test('keeps what was chosen after a refusal, and shows the address it would get', async () => {
    const page = await (await at('', { ...form, title: '', support: 'on', context: 'off' })).text()
    expect(page).toMatch(/name="support" value="on" checked/)
    expect(page).toMatch(/name="context" value="off" checked/)
    expect(page).toContain('<code>http://localhost:3000/s/docs-pages</code>')
  })
})

describe('the preview', () => {
  test('is the tool of the SDK with what was typed so far', async () => {
    const query = new URLSearchParams({ ...form, context: 'off', support: 'on' })
    const page = await read(`/new/preview?${query}`)
    const text = plainText(page)
    expect(text).toContain('Ask the Docs team')
    expect(text).toContain('a person at Docs &amp; Pages reads'.replace('&amp;', '&'))
    expect(text).toContain('"enum": [ "Pages", "Spaces", "Other" ]')
    expect(text).toContain('"required": [ "title", "description", "email" ]')
    expect(text).not.toContain('will be attached')
    expect(page).toContain('<hx-partial hx-target="#address"')
    expect(page).not.toContain('<html')
  })

  test('takes whatever is typed, and offers an address only where there can be one', async () => {
    for (const text of ['', 'é', 'x'.repeat(3000), '\ud800', '%00', '<b>', '[]']) {
      const query = new URLSearchParams(
        Object.keys(form).map((name): [string, string] => [name, text]),
      )
      expect((await at(`/new/preview?${query}`)).status).toBe(200)
    }
    expect(await read('/new/preview?slug=a')).not.toContain('Tickets will arrive at')
    expect(await read('/new/preview?name=Docs')).not.toContain('hx-partial')
  })
})

describe('the settings', () => {
  const { slug: _, ...changed } = form
  test('that are saved are what the server’s SDK gets next', async () => {
    const { none } = world.northwind.servers
    const response = await at(`/${none.slug}/settings`, { ...changed, support: 'on' })
    expect(response.status).toBe(303)
    expect(await settingsOf(none.slug, none.key)).toMatchObject({
      enabled: true,
      title: 'Ask the Docs team',
      categories: ['Pages', 'Spaces', 'Other'],
      context: 'recent',
      serverName: 'Docs & Pages',
    })
    expect(await read(`/${none.slug}?changed=settings`)).toContain('Saved.')
    await at(`/${none.slug}/settings`, changed)
    expect((await settingsOf(none.slug, none.key)).enabled).toBe(false)
  })

  test('keep the slug, whatever is sent', async () => {
    const { none } = world.northwind.servers
    await at(`/${none.slug}/settings`, { ...changed, slug: 'another' })
    expect(await found(none.slug)).not.toBeNull()
    expect(await found('another')).toBeNull()
  })

  test('that are refused stay as typed, and are not stored', async () => {
    const { external } = world.northwind.servers
    const before = await found(external.slug)
    const response = await at(`/${external.slug}/settings`, { ...changed, title: '' })
    expect(response.status).toBe(422)
    expect(held(await response.text(), 'name')).toBe('Docs & Pages')
    expect(await found(external.slug)).toEqual(before)
  })

  test('are shown to a member, who can change none of them', async () => {
    const sam = await join(world, world.northwind)
    const { none } = world.northwind.servers
    const page = await read(`/${none.slug}`, sam.cookie)
    expect(page).toContain('disabled>')
    expect(page).not.toContain('>Save')
    expect(page).not.toMatch(/\/(status|keys|deletion|revocation)"/)
    expect(await read('', sam.cookie)).not.toContain('/servers/new')
    const before = await rowVersions(world.database.owner)
    for (const [path, sent] of [
      ['', form],
      [`/${none.slug}/settings`, changed],
      [`/${none.slug}/status`, { enabled: 'off' }],
      [`/${none.slug}/keys`, { kind: 'secret' }],
      [`/${none.slug}/deletion`, { typed: 'DocuAPI' }],
    ] as const)
      expect((await at(path, sent, sam.cookie)).status).toBe(404)
    expect(await rowVersions(world.database.owner)).toEqual(before)
  })

  test('of another organization’s server are not found', async () => {
    const { none } = world.southwind.servers
    expect((await at(`/${none.slug}`)).status).toBe(404)
    expect((await at(`/${none.slug}/settings`, changed)).status).toBe(404)
    expect((await at(`/${none.slug}/deletion`, { typed: 'DocuAPI' })).status).toBe(404)
  })
})

describe('a server', () => {
  test('is disabled and enabled, and the list says so', async () => {
    const { none } = world.northwind.servers
    expect((await at(`/${none.slug}/status`, { enabled: 'off' })).status).toBe(303)
    expect((await found(none.slug))?.enabled).toBe(false)
    expect(await read('')).toContain('>disabled<')
    expect((await at(`/${none.slug}/status`, { enabled: 'maybe' })).status).toBe(422)
    await at(`/${none.slug}/status`, { enabled: 'on' })
    expect((await found(none.slug))?.enabled).toBe(true)
  })

  test('has two active keys of a kind, each shown once, and keeps a revoked one in sight', async () => {
    const { none } = world.northwind.servers
    const made = await at(`/${none.slug}/keys`, { kind: 'secret' })
    expect(made.status).toBe(201)
    const key = keyIn(await made.text())
    expect((await settingsOf(none.slug, key)).serverName).toBe('DocuAPI')
    const third = await at(`/${none.slug}/keys`, { kind: 'secret' })
    expect(third.status).toBe(422)
    expect(await third.text()).toContain('revoke one first')
    const page = await read(`/${none.slug}`)
    expect(page).not.toContain(key)
    const rows = page.match(/keys\/[\w-]{36}\/revocation/g) ?? []
    expect(rows).toHaveLength(2)
    expect((await at(`/${none.slug}/${rows[0]}`, { sure: 'yes' })).status).toBe(303)
    expect(await read(`/${none.slug}`)).toContain(`sk_…${key.slice(-4)}`)
    for (const id of [newId(), 'x', rows[0]?.split('/')[1]])
      expect((await at(`/${none.slug}/keys/${id}/revocation`, { sure: 'yes' })).status).toBe(404)
  })

  test('is deleted by its typed name, which the page says takes its tickets too', async () => {
    const { none } = world.northwind.servers
    await world.file(none)
    await world.file(none)
    expect(plainText(await read(`/${none.slug}`))).toContain('goes with its keys and 2 tickets')
    const wrong = await at(`/${none.slug}/deletion`, { typed: 'docuapi' })
    expect(wrong.status).toBe(422)
    const refused = await wrong.text()
    expect(refused).toContain('id="typed-problem"')
    expect(held(refused, 'typed')).toBe('docuapi')
    expect((await at(`/${none.slug}/deletion`, { typed: 'DocuAPI' })).status).toBe(303)
    expect(await found(none.slug)).toBeNull()
    expect(await serversWithActivity(world.northwind.scope)).toHaveLength(2)
    expect(await serversWithActivity(world.southwind.scope)).toHaveLength(3)
  })

  test('with a hostile text in every field leaves its pages as they are', async () => {
    const { external } = world.northwind.servers
    const plant = (text: string) => world.database.owner`
      update mcp_server set name = ${text}, issuer = ${text}, audience = ${text},
        support_tool_title = ${text}, support_tool_description = ${text},
        support_tool_categories = array[${text}, ${text}], sdk_seen_at = now(), sdk_version = ${text}
       where organization_id = ${world.northwind.scope.organizationId} and slug = ${external.slug}`
    const pages = ['', `/${external.slug}`, '/new']
    await plant(harmless)
    const plain = await Promise.all(pages.map(async (path) => skeletonOf(await read(path))))
    for (const text of payloads) {
      await plant(text.replaceAll('\0', '').toWellFormed())
      for (const [n, path] of pages.entries())
        expect((await skeletonOf(await read(path))).elements).toEqual(plain[n]?.elements ?? [])
      const names = Object.keys(form).filter((name) => name !== 'slug')
      const sent = Object.fromEntries(names.map((name) => [name, text]))
      const echo = await (await at(`/${external.slug}/settings`, sent)).text()
      const { elements, links } = await skeletonOf(echo)
      expect(elements.filter((element) => /data-trip| on\w+|^(img|iframe)/.test(element))).toEqual(
        [],
      )
      expect(links.filter((link) => !/^[/#]/.test(link))).toEqual([])
    }
  }, 30_000)
})
