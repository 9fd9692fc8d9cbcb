import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { createRedactor } from '../../../sdk/src/redact.ts'
import { ownKeys, secretName } from './names.ts'
import {
  bareSecret,
  type Planted,
  quotedSecret,
  shapedSecret,
  simpleSecret,
  survivors,
} from './planted.ts'
import { barePositions, edge, filler, quotedPositions, simplePositions } from './positions.ts'
import { runs } from './runs.ts'

const redactor = createRedactor({ keys: ownKeys })

const positions = (
  all: Record<string, (name: string, secret: string) => string>,
  planted: fc.Arbitrary<Planted>,
) => Object.entries(all).map(([where, at]) => [where, at, planted] as const)

test.each([
  ...positions(quotedPositions, quotedSecret),
  ...positions(barePositions, bareSecret),
  ...positions(simplePositions, simpleSecret),
])('no secret survives beside its name in %s', (_, at, planted) => {
  fc.assert(
    fc.property(secretName, planted, filler, (name, secret, before) => {
      const text = before + at(name, secret.text)
      const kept = redactor.text(text)
      expect(survivors(kept, secret)).toEqual([])
      expect(redactor.text(kept)).toBe(kept)
    }),
    runs(60),
  )
})

test('no secret survives that is known by its looks, whatever stands beside it', () => {
  fc.assert(
    fc.property(filler, edge, shapedSecret, edge, filler, (before, left, secret, right, after) => {
      const kept = redactor.text(before + left + secret.text + right + after)
      expect(survivors(kept, secret)).toEqual([])
      expect(redactor.text(kept)).toBe(kept)
    }),
    runs(2_000),
  )
})

test('no secret survives that is known by its looks inside of JSON in JSON', () => {
  fc.assert(
    fc.property(shapedSecret, edge, fc.integer({ min: 1, max: 3 }), (secret, right, levels) => {
      let text = `see ${secret.text}${right}`
      for (let level = 0; level < levels; level++) text = JSON.stringify({ text, page: 2 })
      expect(survivors(redactor.text(text), secret)).toEqual([])
    }),
    runs(500),
  )
})
