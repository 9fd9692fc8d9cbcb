import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { baseUrl, makeWorld, password, type World } from '../world.ts'

let world: World
let cookie: string
beforeAll(async () => {
  world = await makeWorld()
  cookie = await world.signIn(world.northwind.staff.email)
})
afterAll(() => world.close())

/** Where a browser on the sign-in page ends up, by what it does with `Location`. */
const reached = (location: string | null) => new URL(location ?? 'none:', `${baseUrl}/sign-in`)

const hostile = [
  '//e.example',
  '///e.example',
  '////e.example/x',
  '/\\e.example',
  '\\\\e.example',
  '\\/e.example',
  '/\\/e.example',
  'https://e.example',
  'https:e.example',
  'https:/e.example',
  'HTTPS://e.example',
  '%2f%2fe.example',
  '/%2fe.example',
  '/%5ce.example',
  '/\t/e.example',
  '/%09/e.example',
  '\t//e.example',
  '/\n/e.example',
  '/\r\n/e.example',
  ' //e.example',
  '/.//e.example',
  '/..//e.example',
  '/x/..//e.example',
  '/%2e%2e//e.example',
  '/./\\e.example',
  '//localhost:3000@e.example',
  '//e.example\\@localhost:3000',
  '/@e.example',
  'javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,x',
  'e.example',
  '//e.example:80',
  '/\u2028/e.example',
  '//\u3002e.example',
  '//[::1',
  'http://localhost:3001/',
  'http://localhost.e.example:3000/',
  `/x\r\nset-cookie: a=b`,
]

describe('where sign-in leads to', () => {
  for (const next of hostile)
    test(`${JSON.stringify(next)} stays on the desk`, async () => {
      const form = { email: world.northwind.staff.email, password, next }
      for (const response of [
        await world.ask('/sign-in', { form }),
        await world.ask(`/sign-in?${new URLSearchParams({ next })}`, { cookie }),
      ]) {
        expect(response.status).toBe(303)
        const location = response.headers.get('location') ?? ''
        expect(reached(location).origin).toBe(baseUrl)
        expect(location).toStartWith('/')
        expect(location).not.toMatch(/^[/\\]{2}|[\s\\]/)
        expect(response.headers.get('a')).toBeNull()
        await signInForgets()
      }
      const shown = await world.ask(`/sign-in?${new URLSearchParams({ next })}`)
      const field = /name="next" value="([^"]*)"/.exec(await shown.text())?.[1] ?? '/'
      expect(reached(field.replaceAll('&amp;', '&')).origin).toBe(baseUrl)
    })

  for (const next of ['/', '/northwind/tickets?status=closed&q=a%26b', '/northwind/tickets/7'])
    test(`${next} is where it leads`, async () => {
      const form = { email: world.northwind.staff.email, password, next }
      const response = await world.ask('/sign-in', { form })
      expect(response.headers.get('location')).toBe(next)
    })

  test('a page that needs a session comes back to itself', async () => {
    const asked = '/northwind/tickets?status=closed&q=%26%22%3C'
    const response = await world.ask(asked)
    const location = new URL(response.headers.get('location') ?? '', baseUrl)
    expect(location.pathname).toBe('/sign-in')
    expect(location.searchParams.get('next')).toBe(asked)
  })
})

/** These sign-ins are many, and all from one address. */
const signInForgets = () => world.database.owner`delete from attempt_bucket`
