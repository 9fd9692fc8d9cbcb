import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import type { Browser, Page } from 'playwright-core'
import { register } from '../../sdk/src/register.ts'
import { launchChromium } from '../browser/chromium.ts'
import { type External, startExternal } from '../db/external.ts'
import { deskSettings, make, type RunningDesk, startDesk } from '../program.ts'
import { ask, connectHttp, docuApiServer, names, serveHttp, textOf } from '../sdk/hosts.ts'
import { embedded, externals } from './targets.ts'

const docuApi = new URL('../../sdk/examples/v1-stdio/server.ts', import.meta.url).pathname
const email = 'mira@northwind.example'
const password = 'correct horse battery'

let external: Promise<External> | undefined
const sharedExternal = () => {
  external ??= startExternal()
  return external
}

for (const target of [embedded, ...externals(sharedExternal)])
  describe(`from an AI client to the browser, on ${target.name}`, () => {
    let desk: RunningDesk
    let browser: Browser
    let page: Page
    let none: { url: string; key: string }
    let oauth: { url: string; key: string }

    beforeAll(async () => {
      const settings = deskSettings(await target.environment())
      desk = await startDesk(settings)
      const server = async (slug: string, ...auth: string[]) =>
        make<{ url: string; key: string }>(
          [
            'server',
            'create',
            '--organization',
            'northwind',
            '--slug',
            slug,
            '--name',
            'DocuAPI',
            '--support',
            '--auth',
            ...auth,
          ],
          settings,
        )
      await make(['organization', 'create', '--name', 'Northwind'], settings)
      await make(
        [
          'staff',
          'create',
          '--organization',
          'northwind',
          '--email',
          email,
          '--name',
          'Mira Okafor',
          '--password-stdin',
        ],
        settings,
        `${password}\n`,
      )
      none = await server('docuapi', 'none')
      oauth = await server(
        'billing',
        'external',
        '--issuer',
        'https://id.docuapi.example',
        '--audience',
        'https://mcp.docuapi.example',
        '--skip-discovery',
      )
      browser = await launchChromium()
      page = await browser.newPage()
    })
    afterAll(async () => {
      await browser.close()
      expect(await desk.stop()).toBe(0)
    })

    test('a ticket raised over stdio, with an e-mail', async () => {
      const client = new Client({ name: 'Claude Desktop', version: '1.4.2' })
      const env = { ...process.env, MCP_OBS_URL: none.url, MCP_OBS_KEY: none.key } as Record<
        string,
        string
      >
      await client.connect(
        new StdioClientTransport({ command: process.execPath, args: [docuApi], env }),
      )
      const { tools } = await client.listTools()
      expect(tools.map(({ name }) => name)).toEqual([
        'list_topics',
        'search_docs',
        'get_support_tool',
      ])
      expect(tools.at(-1)?.inputSchema.required).toContain('email')
      expect(
        (await client.callTool({ name: 'search_docs', arguments: { query: 'users' } })).isError,
      ).toBe(true)
      const receipt = await ask(client, { title: 'Search is refused over stdio' })
      expect(receipt.structuredContent).toEqual({ status: 'received', reference: 'DOCUAPI-1' })
      await client.close()
    })

    test('a ticket raised over Streamable HTTP, by someone signed in', async () => {
      const host = serveHttp(
        () => {
          const server = docuApiServer()
          register(server, oauth)
          return server
        },
        { sessions: true },
      )
      const client = await connectHttp(host.url, 'alex')
      expect(await names(client)).toEqual(['echo', 'broken', 'get_support_tool'])
      const support = (await client.listTools()).tools.at(-1)
      expect(Object.keys(support?.inputSchema.properties ?? {})).not.toContain('email')
      await client.callTool({ name: 'broken', arguments: { text: 'token has expired' } })
      const receipt = await ask(client, { title: 'Search is refused over HTTP', email: undefined })
      expect(textOf(receipt)).toContain('BILLING-2')
      await client.close()
      host.close()
    })

    test('both are found in the browser, with their failed calls and who raised them', async () => {
      await page.goto(desk.origin)
      await page.getByLabel('E-mail').fill(email)
      await page.getByLabel('Password').fill(password)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('link', { name: 'Search is refused over HTTP' }).click()
      const content = page.getByRole('main')
      await content.getByText('401 Unauthorized: token has expired').first().waitFor()
      await content.getByText('vouched for by the server').first().waitFor()
      await content.getByText('alex@company.com').first().waitFor()

      await page.goBack()
      await page.getByRole('link', { name: 'Search is refused over stdio' }).click()
      await content.getByText('401 Unauthorized from GET /api/search').first().waitFor()
      await content.getByText('"query": "users"').first().waitFor()
      await content.getByText('E-mail given, unverified').first().waitFor()
      await content.getByText('Claude Desktop').first().waitFor()
    })

    test('closing one writes the event and takes it off the list', async () => {
      await page.getByRole('button', { name: /^Closed/ }).click()
      await page.getByText('Mira Okafor closed').first().waitFor()
      const pressed = page.getByRole('button', { name: /^Closed/, pressed: true })
      await pressed.waitFor()
      await page.goto(`${desk.origin}/northwind/tickets`)
      expect(await page.getByRole('link', { name: 'Search is refused over stdio' }).count()).toBe(0)
      await page.getByRole('link', { name: /^Closed/ }).click()
      await page.getByRole('link', { name: 'Search is refused over stdio' }).waitFor()
    })
  })
