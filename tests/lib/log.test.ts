import { expect, test } from 'bun:test'
import { DrizzleQueryError } from 'drizzle-orm'
import { traceOf } from '#src/lib/log.ts'

test('a failed query is traced without its parameters', () => {
  const cause = Object.assign(new Error('invalid input syntax: "ana@fjord.example"'), {
    code: '22P02',
  })
  const trace = traceOf(new DrizzleQueryError('select $1', ['ana@fjord.example'], cause))
  expect(trace).toStartWith('Error 22P02\n')
  expect(trace).toContain('log.test.ts')
  expect(trace).not.toContain('ana@')
})

test('a bug is traced with its message', () => {
  expect(traceOf(new TypeError('x is not a function'))).toStartWith(
    'TypeError: x is not a function\n',
  )
})
