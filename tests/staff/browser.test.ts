import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { Browser, Page } from 'playwright-core'
import { openSetup } from '#src/staff/setup/opening.ts'
import { launchChromium } from '../browser/chromium.ts'
import { type Listening, listen } from '../web/listening.ts'
import { makeWorld, password, type World } from '../world.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
}, 60_000)
afterAll(() => browser?.close())

for (const javaScriptEnabled of [true, false])
  describe(`a new desk in Chromium, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    let world: World
    let desk: Listening
    const open = async (): Promise<Page> =>
      (
        await browser.newContext({ javaScriptEnabled, viewport: { width: 390, height: 800 } })
      ).newPage()
    const fill = async (page: Page, fields: Record<string, string>) => {
      for (const [name, value] of Object.entries(fields)) await page.fill(`[name=${name}]`, value)
    }
    beforeAll(async () => {
      world = await makeWorld()
      await world.database.owner`truncate staff cascade`
      desk = await listen(world.desk)
    })
    afterAll(async () => {
      await desk?.stop()
      await world?.close()
    })

    test('is set up, invites someone, who joins and is removed', async () => {
      const owner = await open()
      await owner.goto(`${desk.origin}/setup?token=${await openSetup(world.database)}`)
      await owner.locator('[name=organization]').pressSequentially('Fjörd & Sons')
      const preview = await owner.getAttribute('[name=slug]', 'placeholder')
      expect(preview).toBe(javaScriptEnabled ? 'fjord-sons' : null)
      await fill(owner, { name: 'Ana', email: 'ana@fjord.example', password })
      await owner.click('text=Set up the desk')
      expect(new URL(owner.url()).pathname).toBe('/fjord-sons/servers/new')

      await owner.goto(`${desk.origin}/fjord-sons/members`)
      await owner.selectOption('select[name=role]', 'member')
      await owner.click('text=Make a link')
      const link = await owner.inputValue('#invitation-link')
      expect(await owner.isVisible('text=Copy')).toBe(javaScriptEnabled)

      const guest = await open()
      await guest.goto(link)
      await fill(guest, { name: 'Kim', email: 'kim@fjord.example', password })
      await guest.click('text=Make an account and join')
      expect(new URL(guest.url()).pathname).toBe('/fjord-sons/tickets')

      await owner.goto(`${desk.origin}/fjord-sons/members`)
      await owner.locator('li', { hasText: 'kim@' }).locator('summary').click()
      await owner.locator('li', { hasText: 'kim@' }).getByRole('button', { name: 'Remove' }).click()
      await owner.waitForLoadState()
      expect(await owner.isVisible('text=kim@fjord.example')).toBe(false)
      expect((await guest.reload())?.status()).toBe(404)
    })

    test('copies the link of an invitation, or selects it', async () => {
      if (!javaScriptEnabled) return
      const page = await open()
      await page.goto(`${desk.origin}/sign-in?next=/fjord-sons/members`)
      await fill(page, { email: 'ana@fjord.example', password })
      await page.click('button:has-text("Sign in")')
      await page.click('text=Make a link')
      await page.click('text=Copy')
      await page.waitForSelector('.toast')
      expect(await page.textContent('.toast')).toMatch(/^(Copied|Selected)/)
    })
  })
