import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { password } from '../../world.ts'
import { type Office, openOffice, rowOf } from './staff.ts'

setDefaultTimeout(60_000)
let office: Office
let page: Page

beforeAll(async () => {
  office = await openOffice(async ({ file, northwind }) => {
    for (let n = 1; n <= 4; n++)
      await file(northwind.servers.none, {
        title: n === 2 ? 'A zebra is lost' : `Search fails ${n}`,
        email: `ana-${n}@fjord.example`,
      })
  })
  page = await office.sit({ javaScriptEnabled: false })
})
afterAll(() => office?.close())

const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
const says = (text: string) => page.getByRole('status').getByText(text).waitFor()

test('without JavaScript one signs in, searches, reads, closes, notes, undoes and goes back', async () => {
  await press('Sign out')
  await page.getByLabel('E-mail').fill(office.world.northwind.staff.email)
  await page.getByLabel('Password').fill(password)
  await press('Sign in')
  await page.getByLabel('Search tickets').fill('zebra')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/tickets?q=zebra')
  await rowOf(page, 2).locator('.headline a').click()
  await page.waitForURL('**/tickets/2?q=zebra')
  await page.locator('#status').getByText('Closed').click()
  await says('#2 is closed')
  expect(await office.statusOf(2)).toBe('closed')
  await press('Undo')
  await says('#2: undone')
  expect(await office.statusOf(2)).toBe('open')
  await page.locator('#priority').getByText('High').click()
  await says('#2 is of high priority')
  await page.getByLabel('Note for your colleagues').fill('Seen before.')
  await press('Add note')
  await page.locator('#history').getByText('Seen before.').waitFor()
  await page.getByRole('button', { name: 'More actions' }).click()
  await press('Mark as spam')
  await says('#2 is in spam')
  await page.locator('.bar > a').click()
  await page.waitForURL('**/tickets?q=zebra')
})

test('without JavaScript several are chosen, changed together and brought back', async () => {
  await page.goto(`${office.desk.origin}/northwind/tickets`)
  for (const number of [1, 3]) await rowOf(page, number).getByRole('checkbox').check()
  await press('Close')
  await says('2 tickets are closed')
  expect([await office.statusOf(1), await office.statusOf(3)]).toEqual(['closed', 'closed'])
  await press('Undo')
  await says('2 tickets: undone')
  expect([await office.statusOf(1), await office.statusOf(3)]).toEqual(['open', 'open'])
})

test('without JavaScript all of a list are counted, asked for, and changed', async () => {
  await rowOf(page, 1).getByRole('checkbox').check()
  await page.getByRole('button', { name: 'All 3' }).click()
  await press('In progress all of this list…')
  await page.getByRole('heading', { name: 'Set 3 tickets to in progress?' }).waitFor()
  expect(await office.statusOf(4)).toBe('open')
  await press('Set 3 tickets to in progress')
  await says('3 tickets are in progress')
  expect(await office.statusOf(4)).toBe('in_progress')
  await press('Undo')
  await says('3 tickets: undone')
  expect(await office.statusOf(4)).toBe('open')
})
