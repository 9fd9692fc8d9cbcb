import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import type { Locator, Page } from 'playwright-core'
import { plantMany } from '../../tickets/many.ts'
import { type Office, openOffice, rowOf, toastOf } from './staff.ts'

setDefaultTimeout(60_000)
let office: Office
let page: Page

beforeAll(async () => {
  office = await openOffice((world) =>
    plantMany(world, { from: world.northwind, tickets: 7_500, subject: "'u'" }),
  )
  // A third of them is closed.
  page = await office.sit()
})
afterAll(() => office?.close())

const counts = async () => {
  const { organizationId } = office.world.northwind.scope
  const rows = await office.world.database.owner`
    select status, count(*)::int as n from support_ticket
    where organization_id = ${organizationId} group by status`
  return Object.fromEntries(rows.map(({ status, n }) => [status, n]))
}
const focused = () => page.evaluate<string>('document.activeElement.textContent')
const bar = () => page.getByRole('region', { name: 'Selected tickets' })
/** The last thing that was said. */
const newest = () => page.locator('.toast').first()

/** Goes on as often as one request has not done all in its time. Answers what the toasts said. */
async function followed(toast: Locator): Promise<string> {
  const goOn = page.getByRole('button', { name: 'Go on' })
  let said = ''
  for (;;) {
    await toast.or(goOn).first().waitFor()
    said += await newest().textContent()
    const button = (await goOn.isVisible()) && (await goOn.elementHandle())
    if (!button) return said
    await button.click()
    await button.waitForElementState('hidden')
  }
}

test('rows are chosen by key and by mouse, closed together, and come back together', async () => {
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await rowOf(page, 7496).hover()
  await rowOf(page, 7496).getByRole('checkbox').check()
  await bar().getByText('3 selected').waitFor()
  await page.keyboard.press('e')
  await toastOf(page).getByText('3 tickets: closed').waitFor()
  await rowOf(page, 7496).waitFor({ state: 'detached' })
  expect(await bar().isVisible()).toBe(false)
  expect(await counts()).toEqual({ open: 4_997, closed: 2_503 })
  await page.keyboard.press('z')
  await rowOf(page, 7496).waitFor()
  expect(await counts()).toEqual({ open: 5_000, closed: 2_500 })
})

test('a page is chosen at once; what failed is put back and stays chosen', async () => {
  await rowOf(page, 7499).getByRole('checkbox').check()
  await page.getByLabel('This page').check()
  await bar().getByText('50 selected').waitFor()
  await page.route('**/bulk', (route) => route.fulfill({ status: 500, body: '<h1>Broken</h1>' }))
  await bar().getByRole('button', { name: 'Close' }).click()
  await toastOf(page).getByText('Broken').waitFor()
  await bar().getByText('50 selected').waitFor()
  expect(await page.locator('.list [data-status=open]').count()).toBe(50)
  await page.unrouteAll()
})

test('all of a list of 5,000 are counted, closed, and brought back by one undo', async () => {
  await bar().getByRole('button', { name: 'All' }).click()
  await page.getByRole('button', { name: 'Close all of this list' }).click()
  await page.getByRole('heading', { name: 'Close 5,000 tickets?' }).waitFor()
  // The menu is closed, and one is at the question: a screen reader says it.
  expect(await page.locator(':popover-open').count()).toBe(0)
  expect(await focused()).toBe('Close 5,000 tickets?')
  expect(await counts()).toEqual({ open: 5_000, closed: 2_500 })
  await page.getByRole('button', { name: 'Close 5,000 tickets' }).click()
  const closed = await followed(newest().getByText('tickets: closed'))
  expect(closed).toContain('5,000 tickets: closed')
  expect(await page.evaluate('document.activeElement.id')).toBe('main')
  await page.getByText('Active 0').waitFor()
  expect(await counts()).toEqual({ closed: 7_500 })
  await newest().getByRole('button', { name: 'Undo' }).click()
  const undone = await followed(newest().getByText('Undone on'))
  const parts = [...undone.matchAll(/Undone on ([\d,]+)/g)].map(([, n = '']) => n.replace(',', ''))
  expect(parts.reduce((sum, n) => sum + Number(n), 0)).toBe(5_000)
  await rowOf(page, 7499).waitFor()
  expect(await counts()).toEqual({ open: 5_000, closed: 2_500 })
})
