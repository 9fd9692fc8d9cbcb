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

/** What is wrong with a page as it stands, one line a fault. */
export async function judge(page: Page, pointer: Pointer): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations } = (await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(rules)}, resultTypes: ['violations'] })`,
  )) as AxeResults
  await page.evaluate(checks)
  const own = (await page.evaluate(`faults(${targetMin[pointer]})`)) as string[]
  return [
    ...violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html }) => `axe ${id}: ${html.slice(0, 160)}`),
    ),
    ...own,
  ]
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
  await page.evaluate(checks)
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
