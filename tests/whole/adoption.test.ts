import { afterAll, beforeAll, expect, test } from 'bun:test'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import type { Browser, Page } from 'playwright-core'
import { launchChromium } from '../browser/chromium.ts'
import { deskSettings, startDesk } from '../program.ts'
import { ask, textOf } from '../sdk/hosts.ts'
import { installed } from '../sdk/package/packed.ts'
import { embedded } from './targets.ts'

const browser: Promise<Browser> = launchChromium()
const elsewhere = installed({ '@modelcontextprotocol/sdk': '1.32.2' })
beforeAll(() => elsewhere, 60_000)
afterAll(async () => (await browser).close())

for (const javaScriptEnabled of [true, false])
  test(`a company adopts the desk in the browser alone, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async () => {
    const desk = await startDesk(deskSettings(await embedded.environment()))
    const page = await (await browser).newPage({ javaScriptEnabled })
    page.setDefaultTimeout(15_000)

    await page.goto(/http\S+setup\?token=\S+/.exec(desk.printed())?.[0] ?? '')
    await page.getByLabel('Your company or team').fill('Northwind')
    await page.getByLabel('Your name').fill('Mira Okafor')
    await page.getByLabel('E-mail').fill('mira@northwind.example')
    await page.getByLabel('Password').fill('correct horse battery')
    await page.getByRole('button', { name: 'Set up the desk' }).click()

    await page.getByLabel('Name', { exact: true }).fill('DocuAPI')
    await page.getByLabel('Offer support in this server').check()
    await page.getByRole('button', { name: 'Add the server' }).click()

    const progress = async (text: string | RegExp) => {
      const seen = page.getByRole('main').getByText(text)
      for (let tries = 0; !javaScriptEnabled && tries < 40 && !(await seen.count()); tries++) {
        await page.getByRole('link', { name: 'Check again' }).click()
        await Bun.sleep(100)
      }
      await seen.waitFor()
    }
    await progress('Waiting for your server')
    const transport = await sampleServer(page)
    const client = new Client({ name: 'Claude Desktop', version: '1.4.2' })
    await client.connect(transport)
    expect((await client.listTools()).tools.map(({ name }) => name)).toContain('get_support_tool')
    await progress('SDK 0.1.0 seen')
    expect(textOf(await ask(client, { title: 'Contact support, this is a test' }))).toContain(
      'DOCUAPI-1',
    )
    await progress(javaScriptEnabled ? 'First ticket arrived' : /ticket arrived/)
    await page.getByRole('link', { name: 'Open it' }).click()
    await page.getByRole('heading', { name: 'Contact support, this is a test' }).waitFor()

    await client.close()
    await page.close()
    expect(await desk.stop()).toBe(0)
  })

/** A server of somebody's, made of what the page says to copy, unchanged. */
async function sampleServer(page: Page) {
  const snippets = await page.locator('pre').allTextContents()
  const environment = snippets.find((text) => text.startsWith('MCP_OBS_URL=')) ?? ''
  const code = snippets.find((text) => text.includes('registerSupportTool(server')) ?? ''
  const directory = await elsewhere
  writeFileSync(join(directory, '.env'), environment)
  writeFileSync(
    join(directory, 'server.ts'),
    `import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
const server = new McpServer({ name: 'docuapi', version: '2.3.1' })
${code}
await server.connect(new StdioServerTransport())
`,
  )
  return new StdioClientTransport({
    command: process.execPath,
    args: ['server.ts'],
    cwd: directory,
    env: { PATH: process.env.PATH ?? '' },
  })
}
