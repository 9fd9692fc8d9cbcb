import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import type { Browser } from 'playwright-core'
import { later } from '../later.ts'
import { type Listening, listen } from '../web/listening.ts'
import { makeWorld, reporter, type World } from '../world.ts'
import { launchChromium } from './chromium.ts'

setDefaultTimeout(60_000)
let world: World
let browser: Browser
let desk: Listening
let session: string

beforeAll(async () => {
  world = await makeWorld()
  session = (await world.signIn(world.northwind.staff.email)).split('=')[1] ?? ''
  for (const subject of ['with', 'with', 'without', 'without']) {
    await later(world)
    await world.file(world.northwind.servers.external, { reporter: { ...reporter, subject } })
  }
  desk = await listen(world.desk)
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await desk?.stop()
  await world?.close()
})

for (const javaScriptEnabled of [true, false])
  describe(`an owner erases a reporter ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test('from a ticket found in the list, and comes back to it', async () => {
      const numbers = javaScriptEnabled ? [1, 2] : [3, 4]
      const page = await browser.newPage({ javaScriptEnabled })
      const { hostname } = new URL(desk.origin)
      const cookie = { name: 'mcp_obs_session', value: session, domain: hostname, path: '/' }
      await page.context().addCookies([cookie])
      await page.goto(`${desk.origin}/northwind/tickets?status=open`)
      await page.click(`#ticket-${numbers[1]} a`)
      await page.getByRole('link', { name: '1 earlier ticket' }).click()
      await page.waitForURL(`**/tickets?reporter=${numbers[1]}`)
      expect(await page.locator('.list li').count()).toBe(2)
      await page.click(`#ticket-${numbers[1]} a`)
      await page.getByRole('link', { name: 'Erase this reporter' }).click()
      if (javaScriptEnabled) await page.getByRole('checkbox').check()
      await page.getByRole('button', { name: 'Erase the reporter of 2 tickets' }).click()
      await page.waitForURL(`**/tickets/${numbers[1]}?reporter=${numbers[1]}`)
      const text = await page.textContent('main')
      expect(text?.includes('[erased]')).toBe(javaScriptEnabled)
      expect(text).toContain('Erased by Mira Okafor on ')
      expect(text).not.toContain('Ana Lindqvist')
      await page.goto(`${desk.origin}/northwind/tickets/${numbers[0]}`)
      expect(await page.textContent('main')).toContain('Erased by Mira Okafor on ')
      await page.context().close()
    })
  })
