import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { bound } from '../../../sdk/src/cut.ts'
import { createRedactor } from '../../../sdk/src/redact.ts'
import { harmlessSentences, harmlessText } from './harmless.ts'
import { ownKeys } from './names.ts'
import { runs } from './runs.ts'

const redactor = createRedactor({ keys: ownKeys })

test.each(harmlessSentences)('%j stays as it is', (text) => {
  expect(redactor.text(text)).toBe(text)
})

test('what people, programs and models write stays as it is', () => {
  fc.assert(
    fc.property(harmlessText, (text) => {
      expect(redactor.text(text)).toBe(text)
    }),
    runs(2_000),
  )
})

test('a value without secrets stays as it is, at any depth', () => {
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      harmlessText,
      fc.boolean(),
      fc.integer(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom('page', 'author', 'max_tokens', 'keys', 'title'), tie('value')),
    ),
  }))
  fc.assert(
    fc.property(value, (value) => {
      expect(redactor.value(bound(value))).toEqual(value)
    }),
    runs(500),
  )
})
