import { expect } from 'bun:test'
import type { Browser, Page } from 'playwright-core'
import { freePort } from '../../db/external.ts'
import { bun, listen } from '../../sdk/examples/stories.ts'
import type { Callback } from './callback.ts'
import type { Authorize, Connected, Kind } from './clients.ts'
import type { Platform } from './desk.ts'
import { consent, endSignIn, type Person, signIn, signUp } from './people.ts'
import { createProvider, type Introduction } from './provider.ts'

/** Runs the example server of a client's SDK, which accepts the tokens of the desk. */
export async function startExample({ story }: Kind, { docuapi }: Platform) {
  const port = freePort()
  const url = `http://127.0.0.1:${port}/mcp`
  const environment = { MCP_OBS_URL: docuapi.url, MCP_OBS_KEY: docuapi.key, RESOURCE_URL: url }
  const { stop } = await listen(bun(story, 'server'), environment, port)
  return { url, stop }
}

type Road = {
  desk: Platform
  kind: Kind
  url: string
  introduction: Introduction
  callback: Callback
  browser: Browser
}

/** From a 401 to a ticket, a refresh, a replay that ends the sign-in, and back in. */
export async function travel({ desk, kind, url, introduction, callback, browser }: Road) {
  const { docuapi, owner } = desk
  const client = createProvider(callback.url, introduction)
  const person = {
    name: 'Ana Lindqvist',
    email: `ana-${crypto.randomUUID()}@fjord.example`,
    password: 'a long enough password',
  }
  // Both ways, since no page may need it.
  const context = await browser.newContext({ javaScriptEnabled: !introduction.document })
  const page = await context.newPage()
  const blocked = refusalsOn(page)
  const by =
    (enter: (page: Page, person: Person) => Promise<void>): Authorize =>
    async (asked) => {
      const back = callback.next()
      await page.goto(asked.href)
      await enter(page, person)
      await consent(page, 'Night owl', person)
      const returned = await back
      expect(returned.searchParams.get('iss')).toBe(docuapi.url)
      expect(returned.searchParams.get('state')).toBe(asked.searchParams.get('state'))
      return returned
    }

  const first = await kind.connect(url, client, by(signUp))
  expect(client.held.clientId() === introduction.document).toBe(Boolean(introduction.document))
  await raise(first, 'Search is refused')

  const old = client.held.tokens?.refresh_token ?? ''
  expect(old).toStartWith('rt_')
  client.held.spoilAccessToken()
  await raise(first, 'Refused again, after a refresh')
  expect(client.held.asked).toHaveLength(1)
  expect(client.held.tokens?.refresh_token).not.toBe(old)

  // Later than another window of the client might send it (RFC 9700 4.14.2).
  await owner`update oauth_grant set rotated_at = rotated_at - interval '31 seconds'`
  const replayed = await refresh(docuapi.url, client.held.clientId(), old)
  expect(replayed.status).toBe(400)
  expect(await replayed.json()).toMatchObject({ error: 'invalid_grant' })
  client.held.spoilAccessToken()
  const refused = await raise(first, 'Not raised by anybody').catch((error: unknown) => error)
  expect(kind.hasToSignIn(refused)).toBe(true)
  expect(client.held.asked).toHaveLength(2)
  await first.close()

  await context.clearCookies()
  const second = await kind.connect(url, client, by(signIn))
  await raise(second, 'Refused again, after another sign-in')
  await page.goto(`${docuapi.url}/account`)
  await endSignIn(page, 'Night owl')
  const late = await support(second, 'Raised by who is not signed in any more')
  expect(late).toMatchObject({ isError: true })
  await second.close()
  expect(blocked).toEqual([])
  await context.close()

  const [account] = await owner`select id from end_user where email = ${person.email}`
  const filed = await owner`
    select mcp_user_issuer, mcp_user_id, user_email, reporter_proof, occurrences
    from support_ticket where user_email = ${person.email}`
  // Of the same failure by the same person: one ticket, raised three times.
  expect([...filed]).toEqual([
    {
      mcp_user_issuer: docuapi.url,
      mcp_user_id: account?.id,
      user_email: person.email,
      reporter_proof: 'signed_in',
      occurrences: 3,
    },
  ])
}

type Result = { isError?: boolean; structuredContent?: { reference?: string } }

/** A tool fails, and the client raises a ticket. */
async function raise(client: Connected, title: string) {
  const found = await client.callTool({ name: 'search_docs', arguments: { query: 'users' } })
  expect((found as Result).isError).toBe(true)
  const receipt = await support(client, title)
  expect((receipt as Result).structuredContent?.reference).toMatch(/^DOCUAPI-\d+$/)
}

const support = (client: Connected, title: string) =>
  client.callTool({
    name: 'get_support_tool',
    arguments: { title, description: 'It answers 401.', category: 'Bug' },
  })

const refresh = (issuer: string, client_id: string, refresh_token: string) =>
  fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'refresh_token', client_id, refresh_token }),
  })

/** What a page's policy kept from happening, such as a form that may not lead where it does. */
function refusalsOn(page: Page): string[] {
  const refusals: string[] = []
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) refusals.push(message.text())
  })
  return refusals
}
