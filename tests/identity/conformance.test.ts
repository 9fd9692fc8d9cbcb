import { beforeAll, expect, test } from 'bun:test'
import { installSuite } from '../sdk/conformance/suite.ts'
import { allPassed, runAuthorizationSuite } from './e2e/conformance.ts'
import { forms, startPlatform } from './e2e/desk.ts'

const withinMs = 120_000

let program: string
beforeAll(async () => {
  program = await installSuite()
}, withinMs)

test.each(forms)(
  'an issuer in the %s form passes the authorization scenarios of the MCP conformance suite',
  async (form) => {
    const desk = await startPlatform({ form, environment: { MCP_OBS_CLIENT_METADATA: 'on' } })
    const { code, results } = await runAuthorizationSuite(program, desk.docuapi)
    expect(results).toEqual(allPassed)
    expect(code).toBe(0)
    expect(await desk.stop()).toBe(0)
  },
  withinMs,
)
