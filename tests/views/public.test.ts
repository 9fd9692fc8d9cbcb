import { expect, test } from 'bun:test'
import { gzipSync } from 'bun'

const read = (path: string) => Bun.file(new URL(`../../${path}`, import.meta.url)).bytes()
const kB = 1000

test('htmx is the package’s file, unchanged', async () => {
  expect(await read('public/htmx.min.js')).toEqual(
    await read('node_modules/htmx.org/dist/htmx.min.js'),
  )
})

test('style and script stay small', async () => {
  expect(gzipSync(await read('public/app.css')).length).toBeLessThan(8 * kB)
  expect(gzipSync(await read('public/app.js')).length).toBeLessThan(6 * kB)
})

test('the script turns no text into markup or code', async () => {
  const script = new TextDecoder().decode(await read('public/app.js'))
  expect(script).not.toMatch(
    /innerHTML|outerHTML|insertAdjacentHTML|\beval\b|new Function|\.write\(/,
  )
})
