import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import type { Browser } from 'playwright-core'
import { factsAbout } from '../walls/facts.ts'
import { type Listening, listen } from '../web/listening.ts'
import { makeWorld, reporter, type World } from '../world.ts'
import { launchChromium } from './chromium.ts'
import { judge, judgeBoth, overflow, tabThrough, validate } from './gate/judging.ts'
import { everyPage, type Seen } from './gate/pages.ts'
import { type Look, openWindow, type Window } from './gate/window.ts'

setDefaultTimeout(300_000)
let world: World
let desk: Listening
let browser: Browser
let pages: Seen[]

beforeAll(async () => {
  world = await makeWorld()
  for (let n = 0; n < 3; n++) await world.file(world.northwind.servers.none)
  pages = await everyPage(world, await factsAbout(world, world.northwind))
  const path = `/northwind/tickets/${await fileAlike()}`
  const { cookie } = pages.find(({ path }) => path === '/northwind/tickets') ?? { cookie: null }
  pages.push({ name: 'a ticket like others', path, cookie })
  desk = await listen(world.desk)
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await desk?.stop()
  await world?.close()
})

/** Closed tickets with one cause that came with an answer; the number of one. */
async function fileAlike(): Promise<number> {
  const at = new Date().toISOString()
  const call = { tool: 'search_docs', at, outcome: 'error', error: '503 Service unavailable' }
  const numbers: number[] = []
  for (const subject of ['alike-1', 'alike-2', 'alike-3']) {
    const who = { ...reporter, subject }
    const { external } = world.northwind.servers
    numbers.push(await world.file(external, { reporter: who, context: { calls: [call] } }))
  }
  const [first, last] = [numbers[0] ?? 0, numbers.at(-1) ?? 0]
  const { owner } = world.database
  const { organizationId } = world.northwind.scope
  await owner`insert into cause_answer values (${organizationId}, ${first}, 1, 'Try again later.',
    'https://docs.example.com/503', ${world.northwind.staff.id}, now())`
  await owner`update support_ticket set status = 'closed', answer_version = 1
    where organization_id = ${organizationId} and cause = ${first}`
  return last
}

async function open(seen: Seen, look: Look): Promise<Window> {
  const window = await openWindow(browser, desk.origin, look)
  await window.show(seen)
  return window
}

/** What is wrong with a page at a width, light and dark, and when the window is made narrower. */
async function faultsAt(seen: Seen, { show, page, said }: Window, look: Look, narrower: number) {
  await show(seen)
  const faults = await judgeBoth(page, look.pointer)
  if (look.pointer === 'mouse') faults.push(...(await tabThrough(page)))
  faults.push(...(await overflow(page, narrower)))
  return [...said, ...faults]
}

/** Faults by page; pages without any are left out. */
async function faultsOf(work: (seen: Seen) => Promise<string[]>) {
  const found: Record<string, string[]> = {}
  for (const seen of pages) {
    const faults = await work(seen)
    if (faults.length > 0) found[seen.name] = faults
  }
  return found
}

/** Faults of every page, in one window. */
async function faultsIn(look: Look, narrower: number) {
  const window = await openWindow(browser, desk.origin, look)
  const found = await faultsOf((seen) => faultsAt(seen, window, look, narrower))
  await window.close()
  return found
}

describe('every page', () => {
  test('is without fault at 1440, light and dark, by mouse and by keyboard, and fits 820', async () => {
    expect(await faultsIn({ width: 1440, pointer: 'mouse' }, 820)).toEqual({})
  })

  test('is without fault at 390, light and dark, by finger, and fits 320', async () => {
    expect(await faultsIn({ width: 390, pointer: 'finger' }, 320)).toEqual({})
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
  let window: Window
  beforeAll(async () => {
    window = await openWindow(browser, desk.origin, { width: 1440, pointer: 'mouse' })
  })
  afterAll(() => window?.close())
  const inbox = () => pages.find(({ name }) => name === 'GET dashboard /:organization/tickets')
  const plant = (script: string) => async () => {
    const { page, said, show } = window
    await show(inbox() as Seen)
    await page.evaluate(script)
    const faults = await judgeBoth(page, 'mouse')
    faults.push(...(await tabThrough(page, 3)), ...(await overflow(page, 820)))
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
      'axe color-contrast',
      plant(
        style('@media (prefers-color-scheme: dark) { .tabs a { color: #222; background: #000 } }'),
      ),
    ],
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
