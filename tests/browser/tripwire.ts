import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'

/** A page of the desk in a browser, on which anything that a text does is noticed. */
export type Tripwire = {
  page: Page
  /** Opens a path, touches everything on it, and answers what happened that must not. */
  visit(path: string): Promise<string[]>
  /** The same for the page that is open. */
  touch(): Promise<string[]>
  close(): Promise<void>
}

export async function setTripwire(browser: Browser, origin: string): Promise<Tripwire> {
  const context = await browser.newContext({ acceptDownloads: false })
  const noticed: string[] = []
  const notice = (what: string) => noticed.push(what)
  await context.addInitScript({ path: join(import.meta.dir, 'in-page.js') })
  const page = await context.newPage()
  // Noticed, not held back: where requests are held back, a browser keeps nothing of what it got.
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.origin !== origin || url.pathname.startsWith('/tripped')) notice(`asked for ${url}`)
  })
  page.on('popup', (popup) => {
    notice('opened a window')
    void popup.close()
  })
  page.on('dialog', (dialog) => {
    notice(`said ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('pageerror', ({ message }) => {
    // What a browser says when a page is left while it still draws the way in.
    if (!message.startsWith('Transition was aborted')) notice(`threw ${message}`)
  })
  page.on('frameattached', () => notice('attached a frame'))
  page.on('framenavigated', (frame) => {
    const { origin: reached, protocol } = new URL(frame.url())
    if (reached !== origin && protocol !== 'about:') notice(`went to ${frame.url()}`)
  })

  const touch = async () => {
    try {
      await page.evaluate('touchEverything()')
      noticed.push(...(await page.evaluate<string[]>('strangers()')))
    } catch (error) {
      notice(`left the page: ${String(error).slice(0, 80)}`)
    }
    return [...noticed]
  }
  return {
    page,
    touch,
    visit: async (path) => {
      noticed.length = 0
      await page.goto(origin + path).catch((error) => notice(`did not open: ${error.message}`))
      return touch()
    },
    close: () => context.close(),
  }
}
