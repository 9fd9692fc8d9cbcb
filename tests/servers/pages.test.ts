import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { newId } from '#src/lib/ids.ts'
import { serversWithActivity } from '#src/servers/queries.ts'
import { harmless, payloads } from '../hostile/payloads.ts'
import { skeletonOf } from '../hostile/skeleton.ts'
import { join } from '../staff/colleagues.ts'
import { rowVersions } from '../walls/rows.ts'
import { plainText } from './page.ts'
import { form, held, keyIn, makePages } from './pages.ts'

let desk: Awaited<ReturnType<typeof makePages>>
beforeEach(async () => {
  desk = await makePages()
})
afterEach(() => desk.world.close())

describe('the settings', () => {
  const { slug: _, ...changed } = form
  test('that are saved are what the server’s SDK gets next', async () => {
    const { none } = desk.world.northwind.servers
    const response = await desk.at(`/${none.slug}/settings`, { ...changed, support: 'on' })
    expect(response.status).toBe(303)
    expect(await desk.settingsOf(none.slug, none.key)).toMatchObject({
      enabled: true,
      title: 'Ask the Docs team',
      categories: ['Pages', 'Spaces', 'Other'],
      context: 'recent',
      serverName: 'Docs & Pages',
    })
    expect(await desk.read(`/${none.slug}?changed=settings`)).toContain('Saved.')
    await desk.at(`/${none.slug}/settings`, changed)
    expect((await desk.settingsOf(none.slug, none.key)).enabled).toBe(false)
  })

  test('have a box for looking up tickets, which stays as it was saved', async () => {
    const { none } = desk.world.northwind.servers
    const on = /name="check" value="on" checked/
    const check = async () => (await desk.settingsOf(none.slug, none.key)).check
    expect(await desk.read(`/${none.slug}`)).not.toMatch(on)
    await desk.at(`/${none.slug}/settings`, { ...changed, support: 'on', check: 'on' })
    expect(await desk.read(`/${none.slug}`)).toMatch(on)
    expect(await check()).toBe(true)
    await desk.at(`/${none.slug}/settings`, { ...changed, support: 'on' })
    expect(await check()).toBe(false)
  })

  test('let the desk sign users in, for one address or for any', async () => {
    const { none } = desk.world.northwind.servers
    const { slug } = none
    const page = await desk.read(`/${slug}`)
    expect(page).toContain('value="platform"')
    expect(page).not.toContain(`/s/${slug}/sign-in`)
    const platform = { ...changed, auth: 'platform', audience: 'of the other choice' }
    expect((await desk.at(`/${slug}/settings`, platform)).status).toBe(303)
    expect(await desk.found(slug)).toMatchObject({ auth: 'platform', audience: null })
    const resource = 'https://docuapi.example/mcp'
    await desk.at(`/${slug}/settings`, { ...platform, resource })
    expect(await desk.found(slug)).toMatchObject({ issuer: null, audience: resource })
    const saved = await desk.read(`/${slug}`)
    expect(saved).toMatch(/value="platform" checked/)
    expect([held(saved, 'resource'), held(saved, 'audience')]).toEqual([resource, ''])
    expect(saved).toContain(`value="http://localhost:3000/s/${slug}"`)
    expect(saved).toContain(`href="http://localhost:3000/s/${slug}/sign-in"`)
    expect((await desk.at(`/${slug}/settings`, changed)).status).toBe(303)
    expect(await desk.found(slug)).toMatchObject({ auth: 'none', audience: null })
  })

  const noResource = ['docuapi', 'http://docuapi.example/mcp', 'https://a.example/#x', 'urn:a:b']
  test.each(noResource)('refuse %s as the address of an MCP server', async (resource) => {
    const { platform } = desk.world.northwind.servers
    const sent = { ...changed, auth: 'platform', resource }
    const response = await desk.at(`/${platform.slug}/settings`, sent)
    expect(response.status).toBe(422)
    const page = await response.text()
    expect(held(page, 'resource')).toBe(resource)
    expect(page).toMatch(/id="resource-problem">This is no address of an MCP server/)
    expect((await desk.found(platform.slug))?.audience).toBeNull()
  })

  test('keep the slug, whatever is sent', async () => {
    const { none } = desk.world.northwind.servers
    await desk.at(`/${none.slug}/settings`, { ...changed, slug: 'another' })
    expect(await desk.found(none.slug)).not.toBeNull()
    expect(await desk.found('another')).toBeNull()
  })

  test('that are refused stay as typed, and are not stored', async () => {
    const { external } = desk.world.northwind.servers
    const before = await desk.found(external.slug)
    const response = await desk.at(`/${external.slug}/settings`, { ...changed, title: '' })
    expect(response.status).toBe(422)
    expect(held(await response.text(), 'name')).toBe('Docs & Pages')
    expect(await desk.found(external.slug)).toEqual(before)
  })

  test('are shown to a member, who can change none of them', async () => {
    const sam = await join(desk.world, desk.world.northwind)
    const { none } = desk.world.northwind.servers
    const page = await desk.read(`/${none.slug}`, sam.cookie)
    expect(page).toContain('disabled>')
    expect(page).not.toContain('>Save')
    expect(page).not.toMatch(/\/(status|keys|deletion|revocation)["#]/)
    expect(await desk.read('', sam.cookie)).not.toContain('/servers/new')
    const before = await rowVersions(desk.world.database.owner)
    for (const [path, sent] of [
      ['', form],
      [`/${none.slug}/settings`, changed],
      [`/${none.slug}/status`, { enabled: 'off' }],
      [`/${none.slug}/keys`, { kind: 'secret' }],
      [`/${none.slug}/deletion`, { typed: 'DocuAPI' }],
    ] as const)
      expect((await desk.at(path, sent, sam.cookie)).status).toBe(404)
    expect(await rowVersions(desk.world.database.owner)).toEqual(before)
  })

  test('of another organization’s server are not found', async () => {
    const { none } = desk.world.southwind.servers
    expect((await desk.at(`/${none.slug}`)).status).toBe(404)
    expect((await desk.at(`/${none.slug}/settings`, changed)).status).toBe(404)
    expect((await desk.at(`/${none.slug}/deletion`, { typed: 'DocuAPI' })).status).toBe(404)
  })
})

describe('a server', () => {
  test('is disabled and enabled, and the list says so', async () => {
    const { none } = desk.world.northwind.servers
    expect((await desk.at(`/${none.slug}/status`, { enabled: 'off' })).status).toBe(303)
    expect((await desk.found(none.slug))?.enabled).toBe(false)
    expect(await desk.read('')).toContain('>disabled<')
    expect((await desk.at(`/${none.slug}/status`, { enabled: 'maybe' })).status).toBe(422)
    await desk.at(`/${none.slug}/status`, { enabled: 'on' })
    expect((await desk.found(none.slug))?.enabled).toBe(true)
  })

  test('has two active keys of a kind, each shown once, and keeps a revoked one in sight', async () => {
    const { none } = desk.world.northwind.servers
    const made = await desk.at(`/${none.slug}/keys`, { kind: 'secret' })
    expect(made.status).toBe(201)
    const key = keyIn(await made.text())
    expect((await desk.settingsOf(none.slug, key)).serverName).toBe('DocuAPI')
    const third = await desk.at(`/${none.slug}/keys`, { kind: 'secret' })
    expect(third.status).toBe(422)
    expect(await third.text()).toContain('revoke one first')
    const page = await desk.read(`/${none.slug}`)
    expect(page).not.toContain(key)
    const rows = page.match(/keys\/[\w-]{36}\/revocation/g) ?? []
    expect(rows).toHaveLength(2)
    expect((await desk.at(`/${none.slug}/${rows[0]}`, { sure: 'yes' })).status).toBe(303)
    expect(await desk.read(`/${none.slug}`)).toContain(`sk_…${key.slice(-4)}`)
    for (const id of [newId(), 'x', rows[0]?.split('/')[1]])
      expect((await desk.at(`/${none.slug}/keys/${id}/revocation`, { sure: 'yes' })).status).toBe(
        404,
      )
  })

  test('is deleted by its typed name, which the page says takes its tickets too', async () => {
    const { none } = desk.world.northwind.servers
    await desk.world.file(none)
    await desk.world.file(none)
    expect(plainText(await desk.read(`/${none.slug}`))).toContain(
      'goes with its keys and 2 tickets',
    )
    const wrong = await desk.at(`/${none.slug}/deletion`, { typed: 'docuapi' })
    expect(wrong.status).toBe(422)
    const refused = await wrong.text()
    expect(refused).toContain('id="typed-problem"')
    expect(held(refused, 'typed')).toBe('docuapi')
    expect((await desk.at(`/${none.slug}/deletion`, { typed: 'DocuAPI' })).status).toBe(303)
    expect(await desk.found(none.slug)).toBeNull()
    expect(await serversWithActivity(desk.world.northwind.scope)).toHaveLength(3)
    expect(await serversWithActivity(desk.world.southwind.scope)).toHaveLength(4)
  })

  test('with a hostile text in every field leaves its pages as they are', async () => {
    const { external } = desk.world.northwind.servers
    const plant = (text: string) => desk.world.database.owner`
      update mcp_server set name = ${text}, issuer = ${text}, audience = ${text},
        support_tool_title = ${text}, support_tool_description = ${text},
        support_tool_categories = array[${text}, ${text}], sdk_seen_at = now(), sdk_version = ${text}
       where organization_id = ${desk.world.northwind.scope.organizationId} and slug = ${external.slug}`
    const pages = ['', `/${external.slug}`, '/new']
    await plant(harmless)
    const plain = await Promise.all(pages.map(async (path) => skeletonOf(await desk.read(path))))
    for (const text of payloads) {
      await plant(text.replaceAll('\0', '').toWellFormed())
      for (const [n, path] of pages.entries())
        expect((await skeletonOf(await desk.read(path))).elements).toEqual(plain[n]?.elements ?? [])
      const names = Object.keys(form).filter((name) => name !== 'slug')
      const sent = Object.fromEntries(names.map((name) => [name, text]))
      const echo = await (await desk.at(`/${external.slug}/settings`, sent)).text()
      const { elements, links } = await skeletonOf(echo)
      expect(elements.filter((element) => /data-trip| on\w+|^(img|iframe)/.test(element))).toEqual(
        [],
      )
      expect(links.filter((link) => !/^[/#]/.test(link))).toEqual([])
    }
  }, 30_000)
})
