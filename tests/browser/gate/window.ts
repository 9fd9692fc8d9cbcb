import type { Browser } from 'playwright-core'
import type { Pointer } from './judging.ts'
import type { Seen } from './pages.ts'

export type Look = { width: number; pointer: Pointer }

/** A window that shows one page after another, and what each says to a developer. */
export async function openWindow(browser: Browser, origin: string, { width, pointer }: Look) {
  const finger = pointer === 'finger'
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
    hasTouch: finger,
    isMobile: finger,
  })
  const page = await context.newPage()
  const said: string[] = []
  page.on('console', (message) => {
    // That a page is not there is what some of them are for.
    const isItself = message.location().url === page.url()
    if (message.type() === 'error' && !isItself) said.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => said.push(`threw: ${error.message}`))
  return {
    page,
    said,
    /** Opens a page as if it were the window's first, in the light. */
    async show({ path, cookie }: Seen) {
      await page.goto('about:blank')
      said.length = 0
      await context.clearCookies()
      await page.setExtraHTTPHeaders(cookie ? { cookie } : {})
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme: 'light' })
      await page.goto(origin + path)
    },
    close: () => context.close(),
  }
}

export type Window = Awaited<ReturnType<typeof openWindow>>
