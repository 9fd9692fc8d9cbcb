import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import type { Browser, Page } from 'playwright-core'
import { factsAbout } from '../walls/facts.ts'
import { type Listening, listen } from '../web/listening.ts'
import { makeWorld, type World } from '../world.ts'
import { launchChromium } from './chromium.ts'
import { judge, type Pointer, tabThrough, validate } from './gate/judging.ts'
import { everyPage, type Seen } from './gate/pages.ts'

setDefaultTimeout(300_000)
let world: World
let desk: Listening
let browser: Browser
let pages: Seen[]

beforeAll(async () => {
  world = await makeWorld()
  for (let n = 0; n < 3; n++) await world.file(world.northwind.servers.none)
  pages = await everyPage(world, await factsAbout(world, world.northwind))
  desk = await listen(world.desk)
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await desk?.stop()
  await world?.close()
})

type Look = { width: number; pointer: Pointer }

async function open(seen: Seen, { width, pointer }: Look) {
  const finger = pointer === 'finger'
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
    hasTouch: finger,
    isMobile: finger,
    ...(seen.cookie && { extraHTTPHeaders: { cookie: seen.cookie } }),
  })
  const page = await context.newPage()
  const said: string[] = []
  page.on('console', (message) => {
    // That a page is not there is what some of them are for.
    const isItself = message.location().url === page.url()
    if (message.type() === 'error' && !isItself) said.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => said.push(`threw: ${error.message}`))
  await page.goto(desk.origin + seen.path)
  return { page, said, close: () => context.close() }
}

const overflow = async (page: Page, width: number) => {
  await page.setViewportSize({ width, height: 900 })
  const over = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
  return over > 0 ? [`${over} px too wide at ${width}`] : []
}

/** What is wrong with a page at a width, light and dark, and when the window is made narrower. */
async function faultsAt(seen: Seen, look: Look, narrower: number): Promise<string[]> {
  const { page, said, close } = await open(seen, look)
  const light = await judge(page, look.pointer)
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  const dark = await judge(page, look.pointer)
  const faults = [...light, ...dark.filter((fault) => !light.includes(fault))]
  if (look.pointer === 'mouse') faults.push(...(await tabThrough(page)))
  faults.push(...(await overflow(page, narrower)))
  await close()
  return [...said, ...faults]
}

/** Faults by page; pages without any are left out. */
async function faultsOf(work: (seen: Seen) => Promise<string[]>) {
  const found: Record<string, string[]> = {}
  const queue = [...pages]
  const one = async () => {
    for (let seen = queue.shift(); seen; seen = queue.shift()) {
      const faults = await work(seen)
      if (faults.length > 0) found[seen.name] = faults
    }
  }
  await Promise.all([one(), one(), one()])
  return found
}

describe('every page', () => {
  test('is without fault at 1440, light and dark, by mouse and by keyboard, and fits 820', async () => {
    const look = { width: 1440, pointer: 'mouse' } as const
    expect(await faultsOf((seen) => faultsAt(seen, look, 820))).toEqual({})
  })

  test('is without fault at 390, light and dark, by finger, and fits 320', async () => {
    const look = { width: 390, pointer: 'finger' } as const
    expect(await faultsOf((seen) => faultsAt(seen, look, 320))).toEqual({})
  })

  for (const [width, pointer] of [
    [1440, 'mouse'],
    [390, 'finger'],
  ] as const)
    test(`is without fault by ${pointer} where rows are chosen, something is asked or said, or a sheet is open`, async () => {
      const list = pages.find(({ name }) => name === 'GET dashboard /:organization/tickets')
      const { page, said, close } = await open(list as Seen, { width, pointer })
      await page.locator('.pick input').first().check()
      const faults = await judge(page, pointer)
      await page.getByRole('button', { name: 'All', exact: false }).last().click()
      await page.getByRole('button', { name: 'Close all of this list' }).click()
      await page.getByRole('heading', { name: /^Close \d+ tickets\?$/ }).waitFor()
      faults.push(...(await judge(page, pointer)))
      await page.getByRole('button', { name: /^Close \d+ tickets$/ }).click()
      await page.locator('.toast form').waitFor()
      await page.evaluate("document.getElementById('shortcuts').showPopover()")
      faults.push(...(await judge(page, pointer)), ...(await overflow(page, 320)))
      await page.evaluate("document.getElementById('shortcuts').hidePopover()")
      await page.locator('.toast button').click()
      await page.getByText('Undone').waitFor()
      await close()
      expect([...said, ...faults]).toEqual([])
    })

  test('is valid HTML', async () => {
    const found = await faultsOf(async ({ path, cookie }) => {
      const answer = await fetch(desk.origin + path, { headers: cookie ? { cookie } : {} })
      return validate(await answer.text())
    })
    expect(found).toEqual({})
  })
})

describe('the gate notices', () => {
  const mouse: Look = { width: 1440, pointer: 'mouse' }
  const inbox = () => pages.find(({ name }) => name === 'GET dashboard /:organization/tickets')
  const plant = (script: string) => async () => {
    const { page, said, close } = await open(inbox() as Seen, mouse)
    await page.evaluate(script)
    const faults = await judge(page, 'mouse')
    faults.push(...(await tabThrough(page, 3)), ...(await overflow(page, 820)))
    await close()
    return [...said, ...faults]
  }
  const style = (css: string) =>
    `document.adoptedStyleSheets.push(Object.assign(new CSSStyleSheet()));
     document.adoptedStyleSheets.at(-1).replaceSync(${JSON.stringify(css)})`
  const planted: [string, () => Promise<string[]>][] = [
    [
      'axe button-name',
      plant("document.querySelector('main').append(document.createElement('button'))"),
    ],
    ['axe color-contrast', plant(style('.tabs a { color: #ddd; background: #fff }'))],
    [
      'no label',
      plant(
        "document.querySelector('[type=search]').removeAttribute('aria-label'); document.querySelectorAll('label').forEach((label) => label.replaceWith(...label.querySelectorAll('input')))",
      ),
    ],
    [
      'target of',
      plant(style('.tabs a { height: 12px; padding: 0; overflow: hidden; display: block }')),
    ],
    ['jumps the order', plant("document.querySelector('.tabs a').tabIndex = 3")],
    ['scrolls sideways', plant(style('main { min-width: 3000px }'))],
    ['too wide at 820', plant(style('main { min-width: 900px }'))],
    ['focus is not seen', plant(style('*, *::after { outline: none !important }'))],
    [
      'console',
      plant(
        "const script = document.createElement('script'); script.textContent = '1'; document.body.append(script)",
      ),
    ],
  ]
  for (const [fault, found] of planted)
    test(fault, async () => {
      expect((await found()).filter((line) => line.includes(fault))).not.toEqual([])
    })

  test('html no-inline-style, and what the standard forbids', async () => {
    const html =
      '<!doctype html><html lang="en"><head><title>T</title></head><body><p style="top:0"><div></div></body></html>'
    const faults = (await validate(html)).join()
    expect(faults).toContain('html no-inline-style')
    expect(faults).toMatch(/html (no-implicit-close|close-order|element-permitted)/)
  })
})
