import { describe, expect, test } from 'bun:test'
import { forms, startPlatform } from './e2e/desk.ts'
import { takeStepsWithSecrets, takeStrictSteps } from './e2e/strict.ts'

const withinMs = 60_000

describe.each(forms)('an issuer in the %s form keeps to the rules', (form) => {
  test(
    'of a strict client, and of one with a secret by either method',
    async () => {
      const desk = await startPlatform({ form })
      await takeStrictSteps(desk.docuapi)
      await takeStepsWithSecrets(desk.docuapi)
      expect(await desk.stop()).toBe(0)
    },
    withinMs,
  )
})
