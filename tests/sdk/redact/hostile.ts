import fc from 'fast-check'
import { shapedSecret } from './planted.ts'

/** Pieces that redaction changes, or that become a secret when they are cut or joined. */
const pieces =
  `password= password: "password":" pwd=a token=hunter2& <pin>1</pin> </pin> Bearer a://b:c@d
  4111111111111111 41111111111111119999 Cookie: secret: --token -u eyJhbGciOiJIUzI1NiJ9. sk- ghp_
  data:a/b;base64,AAAA -----BEGIN -----END PRIVATE KEY----- password%3Da%26 %2522 [redacted [redacted]
  [redacted: key] … ] [ { } " ' \` \\ \\" \\n %20 ( ) , ; & = : ：`
    .split(/\s+/)
    .concat([' ', '\n', '\r\n', '\t', '\0', '\ud83d', '\udc00', '😀', '\u0001', 'ä', '漢', 'x1'])

/** Made of what the patterns look for, in any order. */
export const hostileText = fc.oneof(
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...pieces),
        shapedSecret.map(({ text }) => text),
      ),
      {
        maxLength: 40,
      },
    )
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
)

export const longText = fc
  .tuple(hostileText, fc.constantFrom('x', ' ', '\u0001', '"', '\\', '😀', '\ud83d', '漢'))
  .chain(([text, unit]) =>
    fc.integer({ min: 0, max: 20_000 }).map((chars) => text + unit.repeat(chars) + text),
  )

class Account {
  password = 'hunter2'
  #hidden = 1
  get balance(): number {
    throw new Error('not loaded')
  }
  own() {
    return this.#hidden
  }
}

function oddity(kind: number): unknown {
  const cycle: Record<string, unknown> = { name: 'cycle' }
  cycle.self = cycle
  const refuses = () => {
    throw new Error('refused')
  }
  const odd = [
    cycle,
    new Account(),
    Object.defineProperty({}, 'password', { enumerable: true, get: refuses }),
    { toJSON: refuses },
    { toJSON: () => ({ toJSON: () => 1, note: 'x' }) },
    { toString: refuses, valueOf: refuses },
    new Proxy({}, { ownKeys: refuses }),
    new Proxy({ a: 1 }, { get: refuses, getPrototypeOf: refuses }),
    new Proxy([], { get: refuses }),
    new Map<unknown, unknown>([
      ['password', 'hunter2'],
      [{}, Symbol('x')],
    ]),
    new Set([1, 2n, 'x']),
    new Date(Number.NaN),
    Object.assign(new Error('failed', { cause: cycle }), { password: 'hunter2' }),
    JSON.parse('{"__proto__":{"password":"hunter2"},"constructor":1}'),
    Object.assign([], { 4000000000: 1, 40: 'x' }),
    new Array(1e9),
    Object.assign([], { 2: 1 }),
    { [Symbol('x')]: 1, f: refuses, s: Symbol('y'), n: -0, i: Number.POSITIVE_INFINITY, b: 12n },
    Object.create({ inherited: 'x' }),
    Object.create(null),
    Buffer.from('hunter2'),
    JSON.parse(JSON.stringify(Buffer.from('hunter2'))),
    new Float64Array(3),
    new String('boxed'),
    Object('a'),
    Promise.resolve(1),
    new WeakMap(),
    /x/g,
    refuses,
  ]
  return odd[kind % odd.length]
}

/** Whatever can stand in memory where JSON was expected. */
export const anything: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 8 },
    hostileText,
    longText,
    fc.integer({ min: 0, max: 99 }).map(oddity),
    fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: true,
      withNullPrototype: true,
    }),
    fc.array(tie('value'), { maxLength: 6 }),
    fc.dictionary(hostileText, tie('value'), { maxKeys: 6 }),
  ),
})).value
