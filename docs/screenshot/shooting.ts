import type { Page } from 'playwright-core'
import { launchChromium } from '#tests/browser/chromium.ts'

type Desk = { origin: string; cookie: string; organization: string }
type Look = { width: number; height: number; colorScheme: 'light' | 'dark' }
type Shot = {
  name: string
  /** Below the organization. */
  path: string
  /** Makes the page look as it is to be shot. */
  touch?: (page: Page) => Promise<unknown>
}

const answer =
  'Search is back for most of you. If you still see this, sign out of the connector and in again.'

const desktop: Look = { width: 1440, height: 900, colorScheme: 'light' }
const dark: Look = { ...desktop, colorScheme: 'dark' }
const phone: Look = { width: 390, height: 844, colorScheme: 'light' }

const ticket = (number: number) => `/tickets/${number}`
const inbox: Shot = { name: 'inbox', path: '/tickets' }
const chosen: Shot = {
  name: 'chosen',
  path: '/tickets',
  touch: async (page) => {
    await page.keyboard.type('jxjxjx')
    await page.getByText('3 selected').waitFor()
  },
}
const closed: Shot = {
  name: 'undo',
  path: '/tickets',
  touch: async (page) => {
    await page.keyboard.type('jjje')
    await page.locator('.toast form').waitFor()
  },
}
const keys: Shot = {
  name: 'keys',
  path: '/tickets',
  touch: async (page) => {
    await page.evaluate("document.getElementById('shortcuts').showPopover()")
  },
}
const show = (number: number): Shot => ({ name: 'ticket', path: ticket(number) })
const causes: Shot = { name: 'causes', path: '/causes' }
const cause: Shot = {
  name: 'cause',
  path: '/causes',
  touch: async (page) => {
    await page.locator('.causes a').first().click()
    await page.locator('[name=body]').fill(answer)
    await page.locator('#answer-preview pre').waitFor()
  },
}
const analytics: Shot = { name: 'analytics', path: '/analytics' }
const connect: Shot = { name: 'connect', path: '/servers/docuapi/connect' }

/** What the README and docs/dashboard.md show. */
export const documented = (newest: number): [Shot, Look, suffix: string][] => [
  [inbox, desktop, ''],
  [inbox, dark, '-dark'],
  [inbox, phone, '-phone'],
  [show(newest), desktop, ''],
  [show(newest), phone, '-phone'],
  [chosen, desktop, ''],
  [cause, desktop, ''],
  [analytics, desktop, ''],
]

/** Every page at every width, to lay beside a target. */
export const everything = (newest: number): [Shot, Look, suffix: string][] =>
  [inbox, chosen, keys, show(newest), causes, cause, analytics, connect, closed].flatMap((shot) =>
    [desktop, dark, { ...desktop, width: 820 }, phone, { ...phone, width: 320 }].map(
      (look): [Shot, Look, string] => [shot, look, `-${look.width}-${look.colorScheme}`],
    ),
  )

/** Shoots pages as a member of the staff sees them, into a directory. */
export async function shoot(
  { origin, cookie, organization }: Desk,
  shots: [Shot, Look, suffix: string][],
  into: string,
): Promise<void> {
  const browser = await launchChromium()
  for (const [{ name, path, touch }, { colorScheme, ...viewport }, suffix] of shots) {
    // A page that fades into the next one would be shot between the two.
    const page = await browser.newPage({
      viewport,
      colorScheme,
      reducedMotion: 'reduce',
      hasTouch: viewport.width < 720,
      isMobile: viewport.width < 720,
      extraHTTPHeaders: { cookie },
    })
    await page.goto(`${origin}/${organization}${path}`)
    await page.evaluate('document.fonts.ready')
    await touch?.(page)
    await page.screenshot({ path: `${into}/${name}${suffix}.png` })
    await page.close()
  }
  await browser.close()
}
