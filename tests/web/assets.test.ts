import { afterAll, beforeAll, expect, test } from 'bun:test'
import { gunzipSync } from 'bun'
import { assetUrl } from '#src/lib/assets.ts'
import { makeWorld, type World } from '../world.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})
afterAll(() => world?.close())

const ask = (name: string, encoding?: string) =>
  world.ask(assetUrl(name), encoding ? { headers: { 'accept-encoding': encoding } } : {})

for (const accepted of ['gzip', 'br, gzip, zstd', 'GZIP;q=0.5', 'deflate, gzip;q=1.0'])
  test(`a public file is sent small to who takes ${accepted}`, async () => {
    const [small, plain] = [await ask('app.js', accepted), await ask('app.js')]
    expect(small.headers.get('content-encoding')).toBe('gzip')
    expect(small.headers.get('vary')).toBe('accept-encoding')
    expect(gunzipSync(await small.arrayBuffer())).toEqual(new Uint8Array(await plain.arrayBuffer()))
    expect(plain.headers.get('content-encoding')).toBeNull()
  })

for (const accepted of ['br', 'gzip;q=0', 'gzip; q=0.0, br', 'x-gzip-ed', 'identity'])
  test(`and as it is to who takes ${accepted}`, async () => {
    expect((await ask('app.js', accepted)).headers.get('content-encoding')).toBeNull()
  })

test('the style sheet names the font by its versioned address, which is sent as it is', async () => {
  const css = await (await ask('app.css')).text()
  expect(css).toContain(`url("${assetUrl('inter.woff2')}")`)
  const font = await ask('inter.woff2', 'gzip')
  expect(font.headers.get('content-type')).toBe('font/woff2')
  expect(font.headers.get('content-encoding')).toBeNull()
})
