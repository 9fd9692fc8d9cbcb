import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { plantMany } from '../../tickets/many.ts'
import { goTo, type Office, openOffice, rowOf, toastOf } from './staff.ts'

setDefaultTimeout(60_000)
let office: Office
let page: Page

beforeAll(async () => {
  office = await openOffice((world) =>
    plantMany(world, { from: world.northwind, tickets: 30, subject: "'u'" }),
  )
  page = await office.sit()
})
afterAll(() => office?.close())

const isPath = (end: string) => (url: URL) => url.pathname.endsWith(end)
const answering = (status: number) =>
  page.route(isPath('/status'), (route) =>
    route.fulfill({ status, contentType: 'text/html', body: '<h1>Something broke</h1>' }),
  )
/** Holds requests until it is called. */
async function hold(path: string): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  await page.route(isPath(path), async (route) => {
    await promise
    await route.fallback()
  })
  return resolve
}
const shown = (number: number) => rowOf(page, number).getByRole('img').first()
const isShownAs = (number: number, name: string) =>
  rowOf(page, number).getByRole('img', { name, exact: true }).waitFor()

describe('in the list, closing by key', () => {
  const goToRow = async (number: number) => {
    await page.unrouteAll()
    await goTo(page, `${office.desk.origin}/northwind/tickets`)
    await rowOf(page, number).locator('.headline a').focus()
  }

  test('shows at once, then the row leaves and the next one has the focus', async () => {
    await goToRow(29)
    const letGo = await hold('/status')
    await page.keyboard.press('e')
    await isShownAs(29, 'Closed')
    expect(await office.statusOf(29)).toBe('open')
    letGo()
    await rowOf(page, 29).waitFor({ state: 'detached' })
    await page.waitForFunction("document.activeElement.closest('li')?.id === 'ticket-28'")
    expect(await office.statusOf(29)).toBe('closed')
    expect(await toastOf(page).textContent()).toContain('#29 is closed')
  })

  test('and is undone by the button of the toast, and by key', async () => {
    await toastOf(page).getByRole('button', { name: 'Undo' }).click()
    await rowOf(page, 29).waitFor()
    expect(await office.statusOf(29)).toBe('open')
    await toastOf(page).getByText('Undone on 1 ticket').waitFor()
    await rowOf(page, 28).locator('.headline a').focus()
    await page.keyboard.press('p')
    await toastOf(page).getByText('#28 is in progress').waitFor()
    await page.keyboard.press('z')
    await toastOf(page).getByText('Undone').waitFor()
    await isShownAs(28, 'Open')
    expect(await office.statusOf(28)).toBe('open')
  })

  test('is taken back and said so when the desk breaks', async () => {
    await goToRow(26)
    await answering(500)
    await page.keyboard.press('e')
    await toastOf(page).getByText('Something broke').waitFor()
    expect(await shown(26).getAttribute('aria-label')).toBe('Open')
    expect(await office.statusOf(26)).toBe('open')
  })

  test('is taken back and said so without a network', async () => {
    await goToRow(26)
    await page.context().setOffline(true)
    await page.keyboard.press('e')
    await toastOf(page).getByText('can’t be reached').waitFor()
    expect(await shown(26).getAttribute('aria-label')).toBe('Open')
    await page.context().setOffline(false)
    await page.keyboard.press('e')
    await toastOf(page).getByText('#26 is closed').waitFor()
  })
})

describe('two of the staff on one ticket', () => {
  let kim: Page
  beforeAll(async () => {
    await page.unrouteAll()
    kim = await office.sit({ staffId: await office.hire('Kim') })
  })
  const press = (by: Page, name: string) => by.locator('#status').getByText(name).click()

  test('the second is told who was first, and sees what it is now', async () => {
    const path = `${office.desk.origin}/northwind/tickets/25`
    await Promise.all([goTo(page, path), goTo(kim, path)])
    await press(kim, 'In progress')
    await toastOf(kim).getByText('#25 is in progress').waitFor()
    await press(page, 'Closed')
    await toastOf(page).getByText('Kim changed the status to in progress').waitFor()
    await page.locator('#status-in_progress[aria-pressed=true]').waitFor()
    expect(await office.statusOf(25)).toBe('in_progress')
    await press(page, 'Closed')
    await toastOf(page).getByText('#25 is closed').waitFor()
  })

  test('in the list too', async () => {
    await goTo(page, `${office.desk.origin}/northwind/tickets`)
    await goTo(kim, `${office.desk.origin}/northwind/tickets/23`)
    await press(kim, 'In progress')
    await toastOf(kim).getByText('#23 is in progress').waitFor()
    await rowOf(page, 23).locator('.headline a').focus()
    await page.keyboard.press('e')
    await toastOf(page).getByText('Kim changed the status to in progress').waitFor()
    await isShownAs(23, 'In progress')
    expect(await office.statusOf(23)).toBe('in_progress')
  })

  test('among many, what the other has changed stays, and the next choice is made on the list of then', async () => {
    await goTo(page, `${office.desk.origin}/northwind/tickets`)
    const seen = async () => Number(await page.locator('#picked [name=seen]').inputValue())
    const before = await seen()
    await goTo(kim, `${office.desk.origin}/northwind/tickets/22`)
    await press(kim, 'In progress')
    await toastOf(kim).getByText('#22 is in progress').waitFor()
    for (const number of [22, 20]) {
      await rowOf(page, number).hover()
      await rowOf(page, number).getByRole('checkbox').check()
    }
    await page.keyboard.press('e')
    await toastOf(page)
      .getByText('1 ticket: closed. 1 was changed by somebody else meanwhile and left as it is.')
      .waitFor()
    await rowOf(page, 20).waitFor({ state: 'detached' })
    await isShownAs(22, 'In progress')
    expect(await seen()).toBeGreaterThan(before)
    await page.keyboard.press('z')
    await rowOf(page, 20).waitFor()
    expect([await office.statusOf(22), await office.statusOf(20)]).toEqual(['in_progress', 'open'])
    await press(kim, 'Open')
    await toastOf(kim).getByText('#22 is open').waitFor()
  })
})

describe('on a ticket’s page, a status', () => {
  beforeAll(async () => {
    await page.unrouteAll()
    await goTo(page, `${office.desk.origin}/northwind/tickets/22`)
  })
  const pressed = (status: string) => page.locator(`#status-${status}[aria-pressed=true]`).waitFor()

  test('shows at once, and is taken back when the desk breaks', async () => {
    await answering(500)
    const letGo = await hold('/status')
    await page.keyboard.press('e')
    await pressed('closed')
    letGo()
    await pressed('open')
    await toastOf(page).getByText('Something broke').waitFor()
    await page.unrouteAll()
  })

  test('closes and opens again by the same key, and is undone', async () => {
    await page.keyboard.press('e')
    await toastOf(page).getByText('#22 is closed').waitFor()
    await page.keyboard.press('e')
    await toastOf(page).getByText('#22 is open').waitFor()
    await toastOf(page).getByRole('button', { name: 'Undo' }).first().click()
    await pressed('closed')
    expect(await office.statusOf(22)).toBe('closed')
  })
})

describe('of what was said, the last three', () => {
  const lines = () => page.locator('.toast > .grow').allTextContents()
  const list = () => goTo(page, `${office.desk.origin}/northwind/tickets?status=open`)
  const inProgress = async (number: number) => {
    await rowOf(page, number).locator('.headline a').focus()
    await page.keyboard.press('p')
    await toastOf(page).getByText(`#${number} is in progress`).waitFor()
    await rowOf(page, number).waitFor({ state: 'detached' })
  }

  test('stand, the newest first, and each can still be undone', async () => {
    await list()
    for (const number of [19, 17, 16, 14]) await inProgress(number)
    expect(await lines()).toEqual([
      '#14 is in progress',
      '#16 is in progress',
      '#17 is in progress',
    ])
    const oldest = page.locator('.toast').last()
    await oldest.getByRole('button', { name: 'Undo' }).click()
    await rowOf(page, 17).waitFor()
    expect(await lines()).toEqual([
      'Undone on 1 ticket',
      '#14 is in progress',
      '#16 is in progress',
    ])
    expect(await office.statusOf(17)).toBe('open')
    expect(await page.evaluate('document.activeElement.id')).toBe('main')
  })

  test('are undone by one key, the last one first', async () => {
    await page.keyboard.press('z')
    await page.keyboard.press('z')
    for (const number of [14, 16]) {
      await rowOf(page, number).waitFor()
      expect(await office.statusOf(number)).toBe('open')
    }
  })

  test('stand once where the same is said again, and beside an undo that did not work', async () => {
    await list()
    await inProgress(13)
    await page.route(isPath('/undo'), (route) =>
      route.fulfill({ status: 500, body: '<h1>Broken</h1>' }),
    )
    for (let times = 0; times < 2; times++) {
      const answered = page.waitForResponse((answer) => isPath('/undo')(new URL(answer.url())))
      await page.keyboard.press('z')
      await answered
      await toastOf(page).getByText('Broken').waitFor()
      await page.locator('.toast button:not(:disabled)').waitFor()
    }
    expect(await page.locator('.toast').count()).toBe(2)
    await page.unrouteAll()
    await page.keyboard.press('z')
    await rowOf(page, 13).waitFor()
    expect(await office.statusOf(13)).toBe('open')
  })
})

test('a toast stays ten seconds, and for as long as one is on it', async () => {
  // The seconds of this page pass when the test says so.
  await page.addInitScript(`{
    const every = setInterval
    window.setInterval = (work, ms) => (ms === 1000 ? (window.second = work) : every(work, ms))
  }`)
  const pass = (seconds: number) => page.evaluate(`for (let n = 0; n < ${seconds}; n++) second()`)
  await goTo(page, `${office.desk.origin}/northwind/tickets/20`)
  await page.keyboard.press('e')
  const undo = toastOf(page).getByRole('button', { name: 'Undo' })
  await undo.waitFor()
  await pass(10)
  expect(await undo.isVisible()).toBe(true)
  await undo.focus()
  await pass(30)
  expect(await undo.isVisible()).toBe(true)
  await page.locator('#main').focus()
  await pass(10)
  expect(await undo.isVisible()).toBe(true)
  await pass(1)
  expect(await undo.isVisible()).toBe(false)
})
