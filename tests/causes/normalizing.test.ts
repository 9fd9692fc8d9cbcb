import { describe, expect, test } from 'bun:test'
import { fingerprintOf } from '#src/causes/fingerprint.ts'
import { normalizeError } from '#src/causes/normalizing.ts'
import { type ErrorText, plainText, readCorpus } from './corpus.ts'
import { chance, vary } from './varying.ts'

const landedMin = 0.95
const variations = 20
const printOf = (tool: string, error: string) =>
  fingerprintOf({ tool, error })?.fingerprint.toString('hex') ?? ''

/** Each fault as it was found, and met again with other values. */
function meet(texts: ErrorText[]) {
  const draw = chance(20_261_122)
  return texts.map(({ cause, tool, parts }) => ({
    cause,
    prints: Array.from({ length: variations }, (_, at) =>
      printOf(tool, plainText(at === 0 ? parts : vary(parts, draw))),
    ),
  }))
}

describe('errors that the normalizer was not written for', () => {
  const texts = readCorpus('held-out')
  const met = meet(texts)

  test('are at least 300', () => expect(texts.length).toBeGreaterThanOrEqual(300))

  test('land with their cause, 95 of 100 tickets', () => {
    const landed = met.map(({ prints }) => {
      const counts = Map.groupBy(prints, (print) => print)
      return Math.max(...[...counts.values()].map(({ length }) => length))
    })
    const share = landed.reduce((sum, n) => sum + n, 0) / (met.length * variations)
    expect(share).toBeGreaterThanOrEqual(landedMin)
  })

  test('are never taken for one another', () => {
    const owners = new Map<string, Set<string>>()
    for (const { cause, prints } of met)
      for (const print of prints) owners.set(print, (owners.get(print) ?? new Set()).add(cause))
    expect([...owners.values()].filter(({ size }) => size > 1).map((both) => [...both])).toEqual([])
  })
})

const draw = chance(7)
const number = (below: number) => Math.floor(draw() * below)
const hex = (length: number) => Array.from({ length }, () => number(16).toString(16)).join('')
const uuid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`
const moment = () => new Date(1.6e12 + draw() * 3e11).toISOString()
const path = () => `/srv/${hex(5)}/report ${number(9)}.csv`.replace(' ', '-')

const faults: ((fill: { id: string; at: string; path: string; n: number }) => string)[] = [
  ({ id, n }) => `503 Service Unavailable: request ${id} failed after ${n} ms`,
  ({ id, at }) => `HTTP 429: quota of account ${id} is used up until ${at}`,
  ({ path, n }) => `ENOENT: no such file or directory, open '${path}' (line ${n})`,
  ({ path, at }) => `[Errno 13] Permission denied: "${path}" at ${at}`,
  ({ id }) => JSON.stringify({ status: 404, code: 'not_found', message: `No page ${id}`, id }),
  ({ id, n, at }) => `ERROR: duplicate key (SQLSTATE 23505) in row ${n} of ${id} at ${at}`,
]

describe('a fingerprint', () => {
  test('stays the same with other ids, times, paths and numbers', () => {
    for (const fault of faults) {
      const prints = Array.from({ length: 200 }, () =>
        printOf('tool', fault({ id: uuid(), at: moment(), path: path(), n: number(1e6) })),
      )
      expect(new Set(prints).size).toBe(1)
    }
  })

  test('is another one with another status, error code, errno or tool', () => {
    const templates = [
      (code: number) => `HTTP ${400 + code}: the request was refused`,
      (code: number) => `Request failed with status code ${500 + code}`,
      (code: number) => `${400 + code} Client Error for url: https://api.example.com/a/${code}`,
      (code: number) => JSON.stringify({ error: { code: 1000 + code, message: 'Refused' } }),
      (code: number) => `MCP error -32${String(600 + code)}: refused`,
      (code: number) => `ERROR: refused (SQLSTATE 23${String(500 + code)})`,
      (code: number) => `[Errno ${code}] refused: '/srv/data'`,
      (code: number) => `Command failed with exit code ${code}`,
    ]
    for (const template of templates) {
      const prints = Array.from({ length: 90 }, (_, code) => printOf('tool', template(code + 1)))
      expect(new Set(prints).size).toBe(90)
    }
    const names = ['ENOENT', 'EACCES', 'EPERM', 'EISDIR', 'EMFILE'].map((code) =>
      printOf('tool', `${code}: cannot open '/srv/data'`),
    )
    expect(new Set(names).size).toBe(names.length)
    expect(printOf('one', 'refused')).not.toBe(printOf('other', 'refused'))
  })

  test('is another one wherever a status stands', () => {
    const carriers = [
      ...['Request failed: $', 'Request failed ($)', 'API returned: $', 'API error $', 'Error: $.'],
      ...['HTTP error! status: $', '[$] Bad thing', 'response $ from server', 'Got $ response'],
      ...['received a $', 'AxiosError $', 'ERR $', 'error=$', 'Upstream: $', 'fetch failed: $'],
      ...['GET https://x.example/a -> $', 'POST https://x.example/a: $', 'POST /v1/x $ (12ms)'],
      ...['server replied with a $', 'Non-200 response: $', '{"error":{"code":$}}', '{"error":$}'],
      ...[
        'Error calling tool: $',
        'Failed, status $, again',
        'エラー $',
        '错误代码：$',
        'rc=$',
        '$',
      ],
      ...['Command failed: exit status $', 'Error: E_$', 'http_$ met', 'Bad response $'],
    ]
    for (const carrier of carriers) {
      const [gone, broken] = ['404', '500'].map((status) => carrier.replace('$', status))
      expect(normalizeError(gone ?? '')).not.toBe(normalizeError(broken ?? ''))
    }
  })

  test('tells what was said apart, however it was put', () => {
    const pairs = [
      ['"Quota exceeded for this workspace"', '"Access denied by your administrator"'],
      ["Tool failed: 'no such host here'", "Tool failed: 'permission was denied'"],
      ['{"ok":false,"problem":"quota used up"}', '{"ok":false,"problem":"access denied"}'],
      ['["Card declined"]', '["Address missing"]'],
      ['Query: permission denied', 'Query: timeout'],
      ['status: "pending"', 'status: "failed"'],
    ]
    for (const [one, other] of pairs)
      expect(normalizeError(one ?? '')).not.toBe(normalizeError(other ?? ''))
  })

  test('is none of values alone', () => {
    for (const error of ['12345', '/usr/bin/git', '{"id":"a1b2c3d4"}', '2026-11-22T10:00:00Z'])
      expect(fingerprintOf({ tool: 'a', error })).toBeNull()
  })

  test('holds what can be stored, whatever is escaped in a printed object', () => {
    for (const code of ['0000', '0007', 'ud800', 'e000', 'd83d']) {
      const error = `{"error":{"message":"bad byte \\u${code.slice(-4)} found"}}`
      expect(fingerprintOf({ tool: 'a', error })?.pattern).toBe('bad byte found')
    }
  })

  test('is none without an error', () => {
    for (const failed of [undefined, { tool: 'a' }, { tool: 'a', error: ' \n' }])
      expect(fingerprintOf(failed)).toBeNull()
  })
})

describe('a pattern', () => {
  const patterns: [error: string, pattern: string][] = [
    ['Report 81 timed out after 30000 ms', 'Report … timed out after …'],
    ["Invalid argument 'query': must not be empty", 'Invalid argument …: must not be empty'],
    ['GET https://api.example.com/v2/pages/4711: 404 Not Found', 'GET … 404 Not Found'],
    [
      '{"error":{"type":"rate_limit_error","message":"Try again in 12s"},"request_id":"req_011CQ"}',
      'type rate_limit_error; Try again in …',
    ],
    [
      'Traceback (most recent call last):\n  File "/app/a.py", line 3, in <module>\n    run()\nKeyError: \'name\'',
      'KeyError: …',
    ],
    [
      '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>',
      '502 Bad Gateway',
    ],
  ]
  for (const [error, pattern] of patterns)
    test(`of ${JSON.stringify(error).slice(0, 60)} reads ${pattern}`, () =>
      expect(normalizeError(error)).toBe(pattern))

  test('holds nothing that was marked to stay by a private character', () => {
    expect(normalizeError('\ue048\ue049 failed')).toBe('failed')
  })

  test('is normalized already', () => {
    const draw = chance(3)
    for (const { parts } of readCorpus('development')) {
      const once = normalizeError(plainText(vary(parts, draw)))
      expect(once).not.toMatch(/[\ue000-\uf8ff\n]/)
      expect(once.length).toBeLessThanOrEqual(600)
    }
  })
})

test('hostile texts are read in a bounded number of steps', () => {
  const attacks = [
    '{',
    '[{',
    '"',
    "'",
    '…',
    '<a>',
    '((',
    '/a',
    'a_',
    '1,',
    '\\\\',
    ': ',
    'a.',
    ' - ',
    '{"a":',
  ]
  for (const attack of attacks) {
    const text = attack.repeat(50_000)
    expect(normalizeError(text).length).toBeLessThanOrEqual(600)
    expect(normalizeError(`x${text}x`)).toBe(normalizeError(`x${text.slice(0, 8_000)}x`))
  }
})
