import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { createServer } from '#src/servers/creating.ts'
import { textOf, valuesOf } from '../views/parse.ts'
import { issuer, jsonOf, makeWorld, reporter, type TestServer, type World } from '../world.ts'

let world: World
let cookie: string
/** Another server of the same issuer. */
let second: TestServer

beforeAll(async () => {
  world = await makeWorld()
  cookie = await world.signIn(world.northwind.staff.email)
  const slug = 'second-northwind'
  const made = await createServer(world.northwind.scope, {
    slug,
    name: 'DocuAPI',
    auth: 'external',
    issuer,
    audience: 'https://second.example.com/mcp',
    support: true,
    context: 'off',
  })
  if (!made.ok) throw new Error(made.problem)
  second = { slug, key: made.key, auth: 'external' }
})
afterAll(() => world.close())

const read = async (path: string) => (await world.ask(path, { cookie })).text()
const ticketPage = (number: number) => read(`/northwind/tickets/${number}`)
/** Numbers of the tickets a list shows, and of all of them by the cursors. */
const shown = (markup: string) =>
  [...markup.matchAll(/<li id="ticket-(\d+)"/g)].map(([, number]) => Number(number))
const close = (number: number) =>
  world.ask(`/northwind/tickets/${number}/status`, { cookie, form: { status: 'closed' } })
const people = () => ({ ...reporter, subject: `u-${crypto.randomUUID()}` })

describe('earlier tickets', () => {
  test('are those of the same subject at the same issuer, and of nobody else', async () => {
    const { external, none } = world.northwind.servers
    const ana = people()
    const first = await world.file(external, { reporter: ana })
    const other = await world.file(second, { reporter: ana })
    await world.file(external, { reporter: people() })
    await world.file(none, { email: ana.email })
    const namesake = world.southwind.servers.external
    const theirs = [await world.file(namesake, { reporter: ana })]
    for (let n = 0; n < 3; n++)
      theirs.push(await world.file(namesake, { reporter: ana, title: `Trouble ${n}` }))
    await world.database.owner`
      update support_ticket set mcp_user_issuer = 'https://elsewhere.example', mcp_user_id = ${ana.subject}
       where organization_id = ${world.northwind.scope.organizationId}
         and number = ${await world.file(external, { reporter: people() })}`
    const last = await world.file(external, { reporter: ana, title: 'Login fails' })

    const page = await ticketPage(last)
    expect(textOf(page)).toContain('2 earlier tickets , all active')
    expect(textOf(await ticketPage(other))).toContain('1 earlier ticket , active')
    expect(textOf(await ticketPage(first))).toContain('No earlier ones')
    const link = valuesOf(page, 'a', 'href').find((href) => href.includes('reporter='))
    expect(link).toBe(`/northwind/tickets?reporter=${last}`)
    expect(shown(await read(link ?? ''))).toEqual([last, other, first])
  })

  test('lead to the closed ones where all are closed', async () => {
    const ana = people()
    const first = await world.file(world.northwind.servers.external, { reporter: ana })
    await close(first)
    const last = await world.file(second, { reporter: ana })
    const page = await ticketPage(last)
    expect(textOf(page)).toContain('1 earlier ticket , closed')
    expect(shown(await read(`/northwind/tickets?status=closed&reporter=${last}`))).toEqual([first])
  })

  test('are told of nobody who only gave an e-mail', async () => {
    const { none } = world.northwind.servers
    await world.file(none, { email: 'kim@fjord.example' })
    const last = await world.file(none, { email: 'kim@fjord.example' })
    expect(textOf(await ticketPage(last))).not.toContain('earlier')
    const page = await read(`/northwind/tickets?reporter=${last}`)
    expect(shown(page)).toEqual([])
    expect(textOf(page)).toContain(`By the reporter of #${last}`)
    expect(page).not.toContain('kim@fjord.example')
  })
})

describe('the list of a reporter', () => {
  const ana = people()
  const numbers: number[] = []
  beforeAll(async () => {
    for (const [n, server] of [world.northwind.servers.external, second, second].entries())
      numbers.push(await world.file(server, { reporter: ana, title: `Trouble ${n}` }))
    await close(numbers[1] ?? 0)
    await world.file(second, { reporter: people(), title: 'Trouble of another' })
  })
  const list = (query: string) => read(`/northwind/tickets?reporter=${numbers[0]}${query}`)

  test('combines with tab, server and words', async () => {
    const [first, closed, last] = numbers as [number, number, number]
    expect(shown(await list(''))).toEqual([last, first])
    expect(shown(await list('&status=closed'))).toEqual([closed])
    expect(shown(await list(`&server=${second.slug}`))).toEqual([last])
    expect(shown(await list(`&server=${second.slug}&status=closed`))).toEqual([closed])
    expect(shown(await list('&q=trouble+0'))).toEqual([first])
    expect(shown(await list('&server=nowhere'))).toEqual([])
  })

  test('says whose it is, counts their tickets in the tabs, and can be left', async () => {
    const page = await list('')
    expect(textOf(page)).toContain('By Ana Lindqvist')
    expect(textOf(page)).toMatch(/Active 2 .*Open 2 .*In progress 0 .*Closed 1/)
    expect(valuesOf(page, 'a', 'href')).toContain('/northwind/tickets')
  })

  test('is the same over tRPC', async () => {
    const ask = async (input: object) => {
      const query = new URLSearchParams({ input: JSON.stringify(input) })
      const path = `/northwind/trpc/support.getOrganizationTickets?${query}`
      type Page = { result: { data: { rows: { number: number }[] } } }
      const { result } = await jsonOf<Page>(await world.ask(path, { cookie }))
      return result.data.rows.map(({ number }) => number)
    }
    expect(await ask({ reporter: numbers[0] })).toEqual([numbers[2], numbers[0]] as number[])
    expect(await ask({ reporter: 987_654 })).toEqual([])
  })

  test('of a number nobody here has is empty, also where the other organization has it', async () => {
    const theirs = await world.file(world.southwind.servers.external, { reporter: ana })
    const { organizationId } = world.southwind.scope
    const number = 5000 + theirs
    await world.database.owner`
      update support_ticket set number = ${number}
       where organization_id = ${organizationId} and number = ${theirs}`
    const page = await read(`/northwind/tickets?reporter=${number}`)
    expect(shown(page)).toEqual([])
    expect(page.replaceAll(String(number), 'N')).toBe(
      (await read('/northwind/tickets?reporter=987654')).replaceAll('987654', 'N'),
    )
    const mira = await world.signIn(world.southwind.staff.email)
    const there = await world.ask(`/southwind/tickets?reporter=${number}`, { cookie: mira })
    expect(shown(await there.text())).toEqual([number])
  })

  test('shows a name as text, whatever it holds', async () => {
    const name = '\u202e<img src=x onerror=alert(1)>'
    const number = await world.file(second, { reporter: { ...people(), name } })
    const page = await read(`/northwind/tickets?reporter=${number}`)
    expect(page).toContain('By <bdi>&lt;img src=x')
    expect(page).not.toContain('<img')
    expect(page).not.toContain('\u202e')
  })
})
