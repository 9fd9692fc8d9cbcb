import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { openIssuer } from '../sdk/verify/issuer.ts'
import { rowVersions } from '../walls/rows.ts'
import { plainText } from './page.ts'
import { type Form, form, held, keyIn, makePages } from './pages.ts'

let desk: Awaited<ReturnType<typeof makePages>>
beforeEach(async () => {
  desk = await makePages()
})
afterEach(() => desk.world.close())

describe('adding a server', () => {
  test('makes its slug of its name, shows a key once, and leaves support off', async () => {
    const response = await desk.at('', form)
    expect(response.status).toBe(201)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const key = keyIn(await response.text())
    expect(await desk.settingsOf('docs-pages', key)).toEqual({
      enabled: false,
      title: 'Ask the Docs team',
      description: 'Anything about Docs.',
      categories: ['Pages', 'Spaces', 'Other'],
      auth: 'none',
      context: 'recent',
      serverName: 'Docs & Pages',
      claims: { email: 'email', name: 'name' },
      check: false,
    })
    for (const page of [await desk.read('/docs-pages'), await desk.read('')]) {
      expect(page).not.toContain(key)
      expect(page).toContain('http://localhost:3000/s/docs-pages')
    }
  })

  test('keeps of the words that a model reads what can be seen', async () => {
    const hidden = '\u{e0049}\u{e0067}\u200b\u202e'
    const slug = 'seen-docs'
    const sent = {
      name: `Docs${hidden} API`,
      title: `Ask${hidden} us`,
      description: `About${hidden}\r\n Docs`,
      categories: `Bug${hidden}\n${hidden}\nBug`,
    }
    expect((await desk.at('', { ...form, ...sent, slug })).status).toBe(201)
    expect(await desk.found(slug)).toMatchObject({
      name: 'Docs API',
      supportToolTitle: 'Ask us',
      supportToolDescription: 'About\n Docs',
      supportToolCategories: ['Bug', 'Other'],
    })
  })

  test('takes an issuer with its audience, and support where it is chosen', async () => {
    const issuer = await openIssuer()
    const external = { auth: 'external', issuer: issuer.issuer, audience: 'docs' }
    const made = await desk.at('', { ...form, ...external, slug: 'acme', support: 'on' })
    issuer.close()
    expect(made.status).toBe(201)
    expect(plainText(await made.text())).toContain(`Connected to ${issuer.issuer} · 1 key`)
    expect(await desk.found('acme')).toMatchObject({ ...external, supportToolEnabled: true })
  })

  test('lets the desk sign its users in', async () => {
    const resource = 'http://127.0.0.1:3001/mcp'
    const made = await desk.at('', { ...form, auth: 'platform', resource, slug: 'acme' })
    expect(made.status).toBe(201)
    expect(await desk.found('acme')).toMatchObject({ auth: 'platform', audience: resource })
  })

  const refused: [field: string, sent: Form, says: string][] = [
    ['name', { name: ' ' }, 'Fill this in.'],
    ['name', { name: '\u200b\u{e0049}' }, 'Fill this in.'],
    ['name', { name: 'x'.repeat(81) }, 'Use at most 80 characters.'],
    ['slug', { slug: 'Docs!' }, 'The slug is 3 to 40'],
    ['slug', { slug: 'admin' }, 'reserved'],
    ['slug', { name: '文書' }, 'No address can be made of this name'],
    ['slug', { slug: 'billing-southwind' }, 'is taken'],
    ['auth', { auth: 'oauth' }, 'Choose how users are known.'],
    ['resource', { auth: 'platform', resource: 'docs' }, 'no address of an MCP server'],
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
      const before = await rowVersions(desk.world.database.owner)
      const typed: Form = { ...form, ...sent }
      const response = await desk.at('', typed)
      expect(response.status).toBe(422)
      const page = await response.text()
      const said = new RegExp(`id="${field}-problem">([^<]*)<`).exec(page)?.[1] ?? ''
      expect(plainText(said)).toContain(says)
      expect(page.match(/id="[a-z]+-problem"/g)).toHaveLength(1)
      for (const name of ['slug', 'issuer', 'title', 'categories'])
        expect(held(page, name)).toBe(typed[name] ?? '')
      expect(await rowVersions(desk.world.database.owner)).toEqual(before)
    })

  test('keeps what was chosen after a refusal, and shows the address it would get', async () => {
    const page = await (
      await desk.at('', { ...form, title: '', support: 'on', context: 'off' })
    ).text()
    expect(page).toMatch(/name="support" value="on" checked/)
    expect(page).toMatch(/name="context" value="off" checked/)
    expect(page).toContain('<code>http://localhost:3000/s/docs-pages</code>')
  })
})

describe('the preview', () => {
  const preview = async (sent: Form) => {
    const response = await desk.at('/new/preview', sent)
    expect(response.status).toBe(200)
    return response.text()
  }
  test('is the tool of the SDK with what was typed so far', async () => {
    const page = await preview({ ...form, context: 'off', support: 'on' })
    const text = plainText(page)
    expect(text).toContain('Ask the Docs team')
    expect(text).toContain('a person at Docs & Pages reads')
    expect(text).toContain('"enum": [ "Pages", "Spaces", "Other" ]')
    expect(text).toContain('"required": [ "title", "description", "email" ]')
    expect(text).not.toContain('will be attached')
    expect(page).toContain('<hx-partial hx-target="#address"')
    expect(page).not.toContain('<html')
  })

  test('has the second tool where it is switched on, and where it can know anything', async () => {
    const page = await preview({ ...form, support: 'on', check: 'on' })
    expect(plainText(page)).toContain('raised in this session')
    expect(page).toContain('check_support_ticket')
    const none = [{}, { check: 'on', context: 'off' }]
    for (const more of none) expect(await preview({ ...form, ...more })).not.toContain('check_')
    const signedIn = { ...form, auth: 'platform', context: 'off', check: 'on' }
    expect(plainText(await preview(signedIn))).toContain('of the user who is signed in')
  })

  test('takes whatever is typed, and offers an address only where there can be one', async () => {
    for (const text of ['', 'é', '文'.repeat(3000), '\ud800', '\0', '%00', '<b>', '[]'])
      await preview(Object.fromEntries(Object.keys(form).map((name) => [name, text])))
    expect(await preview({ slug: 'a' })).not.toContain('Tickets will arrive at')
    expect(await preview({ name: 'Docs' })).not.toContain('hx-partial')
  })
})
