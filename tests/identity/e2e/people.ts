import type { Page } from 'playwright-core'

export type Person = { name: string; email: string; password: string }

/** From the page to sign in, to a new account. */
export async function signUp(page: Page, { name, email, password }: Person) {
  await page.getByRole('link', { name: /account/i }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: /account/i }).click()
}

export async function signIn(page: Page, { email, password }: Person) {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}
