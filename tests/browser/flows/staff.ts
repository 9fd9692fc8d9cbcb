import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { createStaff } from '#src/staff/creating.ts'
import { plantSession } from '../../walls/facts.ts'
import { type Listening, listen } from '../../web/listening.ts'
import { makeWorld, password, type World } from '../../world.ts'
import { launchChromium } from '../chromium.ts'

/** A desk that staff work at in a browser. */
export type Office = {
  world: World
  desk: Listening
  /** The inbox of the owner, or of `staffId`, in a browser of its own. */
  sit(options?: BrowserContextOptions & { staffId?: string }): Promise<Page>
  /** Another member of the staff. */
  hire(name: string): Promise<string>
  /** The status of a ticket, as it is stored. */
  statusOf(number: number): Promise<string>
  close(): Promise<void>
}

/** `plant` files what is there before anybody comes. */
export async function openOffice(plant: (world: World) => Promise<unknown>): Promise<Office> {
  const world = await makeWorld()
  await plant(world)
  const desk = await listen(world.desk)
  const browser: Browser = await launchChromium()
  const { northwind } = world
  return {
    world,
    desk,
    sit: async ({ staffId = northwind.staff.id, ...options } = {}) => {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        reducedMotion: 'reduce',
        ...options,
      })
      const [name = '', value = ''] = (await plantSession(world, staffId)).cookie.split('=')
      const { hostname } = new URL(desk.origin)
      await context.addCookies([{ name, value, domain: hostname, path: '/' }])
      const page = await context.newPage()
      page.setDefaultTimeout(10_000)
      await page.goto(`${desk.origin}/northwind/tickets`)
      return page
    },
    hire: async (name) => {
      const made = await createStaff(world.database, {
        organizationId: northwind.scope.organizationId,
        email: `${name.toLowerCase()}@northwind.example`,
        name,
        password,
      })
      if (!made.ok) throw new Error(made.problem)
      return made.id
    },
    statusOf: async (number) => {
      const [found] = await world.database.owner`
        select status from support_ticket
        where organization_id = ${northwind.scope.organizationId} and number = ${number}`
      return found?.status
    },
    close: async () => {
      await browser.close()
      await desk.stop()
      await world.close()
    },
  }
}

/** The number of the row that has the focus. */
export const focusedRow = (page: Page) =>
  page.evaluate<string | undefined>("document.activeElement.closest('.list > li')?.id")

/** A line of the list, by the number of its ticket. */
export const rowOf = (page: Page, number: number) => page.locator(`#ticket-${number}`)

export const toastOf = (page: Page) => page.locator('#toasts')

/** Opens a page, and waits until forms of it are sent by htmx: before, a browser sends them. */
export async function goTo(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.locator('[data-htmx-powered]').first().waitFor({ state: 'attached' })
}
