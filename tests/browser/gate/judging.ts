import { join } from 'node:path'
import axe, { type AxeResults } from 'axe-core'
import { HtmlValidate } from 'html-validate'
import type { Page } from 'playwright-core'

/** WCAG 2.2 A and AA, and best practice. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const checks = await Bun.file(join(import.meta.dirname, 'in-page.js')).text()

/** The least height of what one aims at: with a mouse (WCAG 2.5.8), and with a finger (2.5.5). */
const targetMin = { mouse: 24, finger: 44 } as const
export type Pointer = keyof typeof targetMin

/** Brings what judges into a document, once. */
async function bring(page: Page): Promise<void> {
  if (await page.evaluate("'faults' in window")) return
  await page.evaluate(axe.source)
  await page.evaluate(checks)
}

/** What is wrong with a page as it stands, one line a fault. */
export async function judge(page: Page, pointer: Pointer): Promise<string[]> {
  await bring(page)
  const { violations } = (await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(rules)}, resultTypes: ['violations'] })`,
  )) as AxeResults
  const own = (await page.evaluate(`faults(${targetMin[pointer]})`)) as string[]
  return [
    ...violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html }) => `axe ${id}: ${html.slice(0, 160)}`),
    ),
    ...own,
  ]
}

/** What is wrong with it light and dark. */
export async function judgeBoth(page: Page, pointer: Pointer): Promise<string[]> {
  const light = await judge(page, pointer)
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await judge(page, pointer)
  return [...light, ...dark.filter((fault) => !light.includes(fault))]
}

/** Whether it scrolls sideways when its window is made this wide. */
export async function overflow(page: Page, width: number): Promise<string[]> {
  await page.setViewportSize({ width, height: 900 })
  const over = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
  return over > 0 ? [`${over} px too wide at ${width}`] : []
}

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    'doctype-style': 'off',
    'no-inline-style': 'error',
    'require-sri': 'off',
    // What is chosen of many is sent under one name.
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'button', 'reset', 'submit'] }],
    'no-trailing-whitespace': 'off',
    'long-title': 'off',
    // Says that the browser restores no choice of its own, which no other attribute can.
    'valid-autocomplete': 'off',
    'input-attributes': 'off',
  },
})

/** What is wrong with a document as it was sent. */
export async function validate(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html)
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, selector }) => `html ${ruleId}: ${message} ${selector ?? ''}`),
  )
}

type Focus = { name: string; shown: boolean; seen: boolean } | null

/** Tabs through a page: every stop is on it, and shows that it has the focus. */
export async function tabThrough(page: Page, stopsMax = 80): Promise<string[]> {
  await bring(page)
  const faults = new Set<string>()
  for (let stop = 0; stop < stopsMax; stop++) {
    await page.keyboard.press('Tab')
    const focus = (await page.evaluate('focusNow()')) as Focus
    if (!focus) break
    if (!focus.shown) faults.add(`focus goes to what is not shown: ${focus.name}`)
    else if (!focus.seen) faults.add(`focus is not seen: ${focus.name}`)
  }
  return [...faults]
}
