import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import type { Browser, Page } from 'playwright-core'
import { register } from '../../sdk/src/register.ts'
import { launchChromium } from '../browser/chromium.ts'
import { deskSettings, make, type RunningDesk, startDesk } from '../program.ts'
import { ask, connectHttp, docuApiServer, serveHttp, textOf } from '../sdk/hosts.ts'
import { embedded } from './targets.ts'

const docuApi = new URL('../../sdk/examples/v1-stdio/server.ts', import.meta.url).pathname
const [email, password] = ['mira@northwind.example', 'correct horse battery']

type Server = { url: string; key: string }
let desk: RunningDesk
let browser: Browser
let page: Page
let none: Server
let billing: Server
let host: ReturnType<typeof serveHttp>

beforeAll(async () => {
  const settings = deskSettings(await embedded.environment())
  desk = await startDesk(settings)
  const ofNorthwind = ['--organization', 'northwind']
  const server = (slug: string, ...auth: string[]) =>
    make<Server>(
      ['server', 'create', ...ofNorthwind, '--slug', slug, '--name', 'DocuAPI', '--support'].concat(
        '--auth',
        ...auth,
      ),
      settings,
    )
  await make(['organization', 'create', '--name', 'Northwind'], settings)
  const staff = ['staff', 'create', ...ofNorthwind, '--email', email, '--name', 'Mira Okafor']
  await make([...staff, '--password-stdin'], settings, `${password}\n`)
  none = await server('docuapi', 'none')
  const issuer = ['--issuer', 'https://id.docuapi.example']
  const audience = ['--audience', 'https://mcp.docuapi.example', '--skip-discovery']
  billing = await server('billing', 'external', ...issuer, ...audience)
  host = serveHttp(
    () => {
      const server = docuApiServer()
      register(server, billing)
      return server
    },
    { sessions: true },
  )
  browser = await launchChromium()
  page = await browser.newPage()
})
afterAll(async () => {
  host.close()
  await browser.close()
  expect(await desk.stop()).toBe(0)
})

/** Someone signed in runs into the same fault, with values of their own, and asks for help. */
async function meet(user: string) {
  const client = await connectHttp(host.url, user)
  await client.callTool({ name: 'broken', arguments: { text: `token ${crypto.randomUUID()}` } })
  const receipt = await ask(client, { title: `Nothing works for ${user}`, email: undefined })
  await client.close()
  return receipt
}

test('three meet a fault, staff answer it, and the fourth is told at once', async () => {
  for (const user of ['alex', 'kim', 'noor'])
    expect((await meet(user)).structuredContent).not.toHaveProperty('answer')

  await page.goto(desk.origin)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: 'Causes' }).first().click()
  await page.getByRole('link', { name: /^401 Unauthorized: token …$/ }).click()
  const content = page.getByRole('main')
  await content.getByText('3 tickets').first().waitFor()
  await content.getByLabel('What they should know').fill('Sign in again, then retry.')
  await content.getByRole('button', { name: 'Save the answer' }).click()
  await content.getByText('Version 1').first().waitFor()

  const told = await meet('sam')
  expect(told.structuredContent).toEqual({
    status: 'received',
    reference: 'BILLING-4',
    answer: 'Sign in again, then retry.',
  })
  expect(textOf(told)).toContain('Sign in again, then retry.')
  await page.goto(`${desk.origin}/northwind/tickets/4`)
  await content.getByText('Sign in again, then retry.').first().waitFor()
})

test('an agent that tries five times makes one ticket, raised five times', async () => {
  const client = await connectHttp(host.url, 'retrying')
  await client.callTool({ name: 'broken', arguments: { text: 'quota of account 7 is used up' } })
  const body = 'Every call is refused since this morning. We changed nothing. It says 401.'
  const references = new Set<unknown>()
  for (const length of [75, 60, 45, 30, 15]) {
    const description = body.slice(0, length)
    const { structuredContent } = await ask(client, { description, email: undefined })
    references.add((structuredContent as { reference: string }).reference)
  }
  await client.close()
  expect([...references]).toEqual(['BILLING-5'])
  await page.goto(`${desk.origin}/northwind/tickets/5`)
  await page.getByRole('main').getByText('Raised 5 times').first().waitFor()
})

test('two who nobody knows and who write the same make two tickets', async () => {
  const references: unknown[] = []
  for (const user of ['ana', 'ben']) {
    const client = new Client({ name: 'Claude Desktop', version: '1.4.2' })
    const env = { ...process.env, MCP_OBS_URL: none.url, MCP_OBS_KEY: none.key }
    const command = {
      command: process.execPath,
      args: [docuApi],
      env: env as Record<string, string>,
    }
    await client.connect(new StdioClientTransport(command))
    await client.callTool({ name: 'search_docs', arguments: { query: 'users' } })
    const { structuredContent } = await ask(client, { email: `${user}@company.com` })
    references.push((structuredContent as { reference: string }).reference)
    await client.close()
  }
  expect(references).toEqual(['DOCUAPI-6', 'DOCUAPI-7'])
})
