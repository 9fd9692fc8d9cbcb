import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { captured, type SeenCall } from '../../../sdk/src/call.ts'
import { callsFor } from '../../../sdk/src/context.ts'
import { bound, cutText, jsonBytes } from '../../../sdk/src/cut.ts'
import { errorText, keepFailure } from '../../../sdk/src/failure.ts'
import { redactedWithin } from '../../../sdk/src/fit.ts'
import { limits } from '../../../sdk/src/limits.ts'
import { createRedactor } from '../../../sdk/src/redact.ts'
import { harmlessText } from './harmless.ts'
import { anything, hostileText, longText } from './hostile.ts'
import { ownKeys, secretName } from './names.ts'
import { random, shapedSecret, survivors } from './planted.ts'
import { runs } from './runs.ts'

const redactor = createRedactor({ keys: ownKeys })

function failed(given: unknown, error: string): SeenCall {
  const call: SeenCall = { tool: 'search', startedAt: Date.now(), outcome: 'error', durationMs: 12 }
  call.failure = keepFailure(call, { arguments: given, error }, redactor)
  return call
}

/** As a parameter of PostgreSQL and as JSON: nothing that one of them refuses. */
function expectStorable(value: unknown) {
  const json = JSON.stringify(value)
  expect(JSON.stringify(JSON.parse(json))).toBe(json)
  expect(json).not.toContain('\\u0000')
  expect(json).not.toMatch(/\\ud[89a-f]/)
}

test('a failed call is JSON, storable and within 4 kB, whatever it was given', async () => {
  await fc.assert(
    fc.asyncProperty(anything, hostileText, async (given, error) => {
      const call = failed(given, error)
      const [kept] = await callsFor('call', [call])
      expect(jsonBytes(kept)).toBeLessThanOrEqual(limits.callBytesMax)
      expect(Buffer.byteLength(String(kept?.error ?? ''))).toBeLessThanOrEqual(
        limits.stringBytesMax,
      )
      expectStorable(kept)
    }),
    runs(400),
  )
})

test('ten calls are within 32 kB', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(anything, longText), { maxLength: 10 }), async (given) => {
      const calls = given.map(([value, error]) => failed(value, error))
      expect(jsonBytes(await callsFor('recent', calls))).toBeLessThanOrEqual(limits.contextBytesMax)
    }),
    runs(30),
  )
})

test('a title and a description keep to their length, and redacting again changes nothing', () => {
  fc.assert(
    fc.property(hostileText, fc.constantFrom(40, 200, 4000), (text, charsMax) => {
      const kept = redactedWithin(text.slice(0, 4 * charsMax), charsMax)
      expect(kept.length).toBeLessThanOrEqual(charsMax)
      expect(redactor.text(kept)).toBe(kept)
    }),
    runs(400),
  )
})

test('whatever the text, redacting it twice changes nothing more', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const kept = redactor.text(text)
      expect(redactor.text(kept)).toBe(kept)
    }),
    runs(600),
  )
})

test('a text cut to size keeps whole characters and says that it is cut', () => {
  fc.assert(
    fc.property(longText, fc.integer({ min: 64, max: 2048 }), (text, bytesMax) => {
      const kept = cutText(text.toWellFormed(), bytesMax)
      expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(bytesMax)
      expect(kept.isWellFormed()).toBe(true)
      if (kept !== text.toWellFormed()) expect(kept).toMatch(/… \d+ characters cut …/)
    }),
    runs(200),
  )
})

test('errors of structured content are told, whatever is in it', () => {
  fc.assert(
    fc.property(anything, (structuredContent) => {
      expect(typeof errorText({ result: { isError: true, content: [], structuredContent } })).toBe(
        'string',
      )
    }),
    runs(200),
  )
})

const shortly = fc.integer({ min: -60, max: 60 })
/** Where texts are windowed or cut: at the ends of 1, 2, 8 and 16 kB. */
const place = fc
  .tuple(fc.constantFrom(1024, 2048, 4096, 8192, 16_384, 24_576), shortly)
  .map(([at, more]) => at + more)
const padding = fc.constantFrom('lorem ipsum ', 'x', 'ab1', 'ä ', '"a":1,', `${'A'.repeat(600)} `)
const fill = (unit: string, chars: number) =>
  unit.repeat(Math.ceil(chars / unit.length)).slice(0, Math.max(0, chars))

test('no secret survives where a text is windowed or cut', () => {
  const phrase = fc.tuple(random(12), random(12)).map(([head, tail]) => ({
    text: `"${head} correct horse battery staple, and 'more' of it\\n${tail}"`,
    cores: [head, tail],
  }))
  const named = fc.tuple(secretName, phrase).map(([name, { text, cores }]) => ({
    text: `"${name}":${text}`,
    cores,
  }))
  const planted = fc.oneof(shapedSecret, named)
  fc.assert(
    fc.property(place, place, planted, padding, padding, (before, after, secret, left, right) => {
      const text = `${fill(left, before)} ${secret.text} ${fill(right, after)}`
      const call = failed({ note: text, [text]: 1 }, text)
      expect(survivors(captured(call), secret)).toEqual([])
    }),
    runs(300),
  )
})

test('no secret survives where the room for all texts of a call ends', () => {
  fc.assert(
    fc.property(
      fc.array(place, { minLength: 1, maxLength: 5 }),
      secretName,
      random(100),
      padding,
      (sizes, name, core, unit) => {
        const secret = { text: core, cores: [core, core.slice(20, 40), core.slice(50, 70)] }
        const fillers = sizes.map((size) => fill(unit, size))
        const call = failed(
          { fillers, note: `${name}=${core}`, [name]: core, last: [core.length] },
          '',
        )
        expect(survivors(captured(call), secret)).toEqual([])
      },
    ),
    runs(200),
  )
})

test('what is short and harmless is sent as it was given', () => {
  fc.assert(
    fc.property(harmlessText, harmlessText, (note, error) => {
      fc.pre(jsonBytes([note, error]) < 3_000)
      expect(captured(failed({ note, page: 2 }, error))).toMatchObject({
        arguments: { note, page: 2 },
        error,
      })
    }),
    runs(200),
  )
})

test('bounding twice changes nothing more', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
      expect(bound(bound(value))).toEqual(bound(value))
    }),
    runs(200),
  )
})
