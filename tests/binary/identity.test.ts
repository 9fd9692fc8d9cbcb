import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { allPassed, runAuthorizationSuite } from '../identity/e2e/conformance.ts'
import { type Platform, startPlatform } from '../identity/e2e/desk.ts'
import { takeStepsWithSecrets, takeStrictSteps } from '../identity/e2e/strict.ts'
import { installSuite } from '../sdk/conformance/suite.ts'
import { buildBinary } from './alone.ts'

setDefaultTimeout(120_000)

let desk: Platform
let suite: string
beforeAll(async () => {
  const [binary, installed] = await Promise.all([buildBinary(), installSuite()])
  suite = installed
  desk = await startPlatform({
    program: { command: () => [binary] },
    environment: { MCP_OBS_CLIENT_METADATA: 'on' },
  })
})
afterAll(async () => {
  expect(await desk?.stop()).toBe(0)
})

// Minified, an issuer may lose what it looks up by the names of its classes, such as lifetimes.
describe('the binary signs end-users in', () => {
  test('by the rules of a strict client', () => takeStrictSteps(desk.docuapi))

  test('for clients with a secret, by either method', () => takeStepsWithSecrets(desk.docuapi))

  test('by the authorization scenarios of the MCP conformance suite', async () => {
    const { code, results } = await runAuthorizationSuite(suite, desk.docuapi)
    expect(code).toBe(0)
    expect(results).toEqual(allPassed)
  })
})
