import { expect, test } from 'bun:test'
import { Glob, gzipSync } from 'bun'

const read = (path: string) => Bun.file(new URL(`../../${path}`, import.meta.url)).bytes()
const publicFolder = new URL('../../public', import.meta.url).pathname
const kB = 1000

test('htmx is the package’s file, unchanged', async () => {
  expect(await read('public/htmx.min.js')).toEqual(
    await read('node_modules/htmx.org/dist/htmx.min.js'),
  )
})

const named = (pattern: string) => [...new Glob(pattern).scanSync(publicFolder)]
const sizeOf = async (name: string) => gzipSync(await read(`public/${name}`)).length
const scripts = named('*.js').filter((name) => name !== 'htmx.min.js')

test('the font is the package’s file, unchanged, with its licence beside it', async () => {
  const from = 'node_modules/@fontsource-variable/inter'
  expect(await read('public/inter.woff2')).toEqual(
    await read(`${from}/files/inter-latin-wght-normal.woff2`),
  )
  expect(await read('public/inter.LICENSE.txt')).toEqual(await read(`${from}/LICENSE`))
})

test('the style of all pages stays small, and so does what some add to it', async () => {
  expect(await sizeOf('app.css')).toBeLessThan(8 * kB)
  for (const name of named('*.css').filter((name) => name !== 'app.css'))
    expect([name, (await sizeOf(name)) < 2 * kB]).toEqual([name, true])
})

test('the scripts of our own stay small together, and htmx beside them', async () => {
  expect(scripts.length).toBeGreaterThan(1)
  const sizes = await Promise.all(scripts.map(sizeOf))
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(6 * kB)
  expect(await sizeOf('htmx.min.js')).toBeLessThan(14 * kB)
})

test('no script turns text into markup or code', async () => {
  for (const name of scripts)
    expect([name, await new TextDecoder().decode(await read(`public/${name}`))]).toEqual([
      name,
      expect.not.stringMatching(
        /innerHTML|outerHTML|insertAdjacentHTML|\beval\b|new Function|\.write\(/,
      ),
    ])
})
