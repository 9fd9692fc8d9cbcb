import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { Browser } from 'playwright-core'
import { launchChromium } from '../../browser/chromium.ts'
import { type Callback, openCallback } from './callback.ts'
import { kinds } from './clients.ts'
import { forms, type Platform, startPlatform } from './desk.ts'
import { publishDocument } from './document.ts'
import { startExample, travel } from './journey.ts'
import type { Introduction } from './provider.ts'

const withinMs = 60_000

let browser: Browser
let callback: Callback
const site = publishDocument()
beforeAll(async () => {
  browser = await launchChromium()
  callback = openCallback()
}, withinMs)
afterAll(async () => {
  callback?.close()
  await site.close()
  await browser?.close()
})
const introductions: [string, Introduction][] = [
  ['that registers', {}],
  ['that is known by a metadata document', { document: site.url }],
]

for (const form of forms)
  describe(`at an issuer in the ${form} form`, () => {
    let desk: Platform
    beforeAll(async () => {
      const environment = {
        NODE_EXTRA_CA_CERTS: site.certificatePath,
        MCP_OBS_CLIENT_METADATA: 'on',
        MCP_OBS_CLIENT_METADATA_HOSTS: 'localhost',
      }
      desk = await startPlatform({ form, environment })
    }, withinMs)
    afterAll(async () => {
      expect(await desk?.stop()).toBe(0)
    })

    for (const kind of kinds)
      describe(`${kind.name} with the ${kind.story} example`, () => {
        let server: Awaited<ReturnType<typeof startExample>>
        beforeAll(async () => {
          server = await startExample(kind, desk)
        }, withinMs)
        afterAll(async () => {
          expect(await server?.stop()).toBe(0)
        })

        test.each(introductions)(
          'one %s goes from a 401 to tickets, a refresh, a replay, back in, and out for good',
          async (_, introduction) => {
            const { url } = server
            await travel({ desk, kind, url, introduction, callback, browser })
          },
          withinMs,
        )
      })
  })
