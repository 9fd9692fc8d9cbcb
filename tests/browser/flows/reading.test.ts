import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { plantMany } from '../../tickets/many.ts'
import { focusedRow, goTo, type Office, openOffice, rowOf } from './staff.ts'

setDefaultTimeout(60_000)
let office: Office
let page: Page

beforeAll(async () => {
  office = await openOffice((world) =>
    plantMany(world, { from: world.northwind, tickets: 60, subject: "'u' || n" }),
  )
  page = await office.sit()
})
afterAll(() => office?.close())

const addressOf = () => new URL(page.url()).pathname + new URL(page.url()).search
const scrolled = () => page.evaluate<number>('Math.round(scrollY)')
const followed = async (name: string) => {
  await page.getByRole('link', { name }).first().click()
  await page.waitForLoadState()
}

test('a filter lives in the address, and Back brings it, the place and the focus again', async () => {
  await goTo(page, `${office.desk.origin}/northwind/tickets`)
  await followed('Closed')
  await page.getByRole('button', { name: 'Tool' }).click()
  await followed('search_docs')
  expect(addressOf()).toBe('/northwind/tickets?status=closed&tool=search_docs')
  await page.getByLabel('Search tickets').fill('ticket')
  await page.waitForURL('**/tickets?status=closed&tool=search_docs&q=ticket')
  await rowOf(page, 9).locator('.headline a').focus()
  const at = await scrolled()
  expect(at).toBeGreaterThan(100)

  await page.keyboard.press('Enter')
  await page.waitForURL('**/tickets/9?*')
  expect(addressOf()).toBe('/northwind/tickets/9?status=closed&tool=search_docs&q=ticket')
  await page.getByText('18 of 20').waitFor()
  await page.goBack()
  await page.waitForURL('**/tickets?status=closed&tool=search_docs&q=ticket')
  await page.waitForFunction("document.activeElement.closest('li')?.id === 'ticket-9'")
  expect(await scrolled()).toBe(at)
  expect(await page.getByLabel('Search tickets').inputValue()).toBe('ticket')
})

test('the key back to the list goes to the ticket one was at, not to the one one opened', async () => {
  await page.keyboard.press('Enter')
  await page.waitForURL('**/tickets/9?*')
  await page.keyboard.press('j')
  await page.waitForURL('**/tickets/6?*')
  await page.keyboard.press('k')
  await page.waitForURL('**/tickets/9?*')
  await page.keyboard.press('k')
  await page.waitForURL('**/tickets/12?*')
  await page.keyboard.press('u')
  await page.waitForURL('**/tickets?status=closed&tool=search_docs&q=ticket')
  await page.waitForFunction("document.activeElement.closest('li')?.id === 'ticket-12'")
})

test('ten tickets are read and dealt with by keys alone', async () => {
  await goTo(page, `${office.desk.origin}/northwind/tickets?status=open`)
  await page.keyboard.press('j')
  expect(await focusedRow(page)).toBe('ticket-59')
  // Five from the list, each key on the row that the one before has led to.
  for (const number of [59, 58, 56, 55, 53]) {
    await page.waitForFunction(`document.activeElement.closest('li')?.id === 'ticket-${number}'`)
    await page.keyboard.press(number % 2 ? 'e' : 'p')
    await rowOf(page, number).waitFor({ state: 'detached' })
  }
  // Five from their pages, one after the other.
  await page.waitForFunction("document.activeElement.closest('li')?.id === 'ticket-52'")
  await page.keyboard.press('Enter')
  for (const number of [52, 50, 49, 47, 46]) {
    await page.waitForURL(`**/tickets/${number}?status=open`)
    await page.keyboard.press('e')
    await page.getByText(`#${number} is closed`).waitFor()
    await page.keyboard.press('j')
  }
  await page.waitForURL('**/tickets/44?status=open')
  await page.keyboard.press('u')
  await page.waitForFunction("document.activeElement.closest('li')?.id === 'ticket-44'")
  for (const number of [59, 55, 53, 52, 50, 49, 47, 46])
    expect([number, await office.statusOf(number)]).toEqual([number, 'closed'])
  for (const number of [58, 56])
    expect([number, await office.statusOf(number)]).toEqual([number, 'in_progress'])
})

test('keys rest in fields, and when they are switched off', async () => {
  await page.keyboard.press('/')
  await page.keyboard.type('jek')
  expect(await page.getByLabel('Search tickets').inputValue()).toBe('jek')
  await goTo(page, `${office.desk.origin}/northwind/tickets?status=open`)
  await page.keyboard.press('?')
  await page.getByLabel('Act on single keys').uncheck()
  await page.keyboard.press('Escape')
  await page.keyboard.press('j')
  expect(await focusedRow(page)).toBeUndefined()
})

test('a theme one chooses is there before the next page is drawn', async () => {
  await page.getByRole('button', { name: 'Keys and theme' }).click()
  await page.getByLabel('Theme').selectOption('dark')
  const dark = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
  await page.route('**/assets/app*.js', (route) => route.abort())
  await page.reload()
  expect(await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')).toBe(dark)
  await page.unrouteAll()
  await page.reload()
  await page.getByRole('button', { name: 'Keys and theme' }).click()
  await page.getByLabel('Theme').selectOption('light')
  expect(await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')).not.toBe(
    dark,
  )
})

test('what is offered to filter by keeps the words that were typed meanwhile', async () => {
  await goTo(page, `${office.desk.origin}/northwind/tickets?q=gone`)
  await page.getByText('No ticket matches').waitFor()
  await page.getByLabel('Search tickets').fill('ana')
  await page.waitForURL('**/tickets?q=ana')
  await page.getByRole('button', { name: 'Tool' }).click()
  await followed('search_docs')
  expect(addressOf()).toBe('/northwind/tickets?tool=search_docs&q=ana')
  await page.goto(`${office.desk.origin}/northwind/tickets?q=ana`)
  await page.getByLabel('Search tickets').fill('')
  await page.waitForURL('**/tickets')
  await page.getByRole('button', { name: 'Tool' }).click()
  await followed('search_docs')
  expect(addressOf()).toBe('/northwind/tickets?tool=search_docs')
})
