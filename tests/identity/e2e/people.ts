import { expect } from 'bun:test'
import type { Page } from 'playwright-core'

export type Person = { name: string; email: string; password: string }

/** From the page to sign in to a new account. */
export async function signUp(page: Page, { name, email, password }: Person) {
  await page.getByRole('link', { name: 'Create an account' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Create account' }).click()
}

export async function signIn(page: Page, { email, password }: Person) {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** Reads who asks for what, and where the answer goes, and lets them in. */
export async function consent(page: Page, client: string, { name, email }: Person) {
  const allow = page.getByRole('button', { name: 'Allow', exact: true })
  await allow.waitFor()
  const text = await page.locator('main').innerText()
  expect(text).toContain(`“${client}”`)
  expect(text).toContain('a program on this computer (127.0.0.1')
  expect(text).toContain(`${name} (${email})`)
  await allow.click()
}

/** On one's own account, ends the sign-in of a client that is in the list. */
export async function endSignIn(page: Page, client: string) {
  const listed = page.getByRole('listitem').filter({ hasText: client })
  await listed.getByRole('button', { name: 'End' }).click()
  await page.getByText('No app is signed in.').waitFor()
}
