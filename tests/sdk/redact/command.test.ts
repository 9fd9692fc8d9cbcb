import { expect, test } from 'bun:test'
import manifest from '../../../sdk/package.json'
import { limits } from '../../../sdk/src/limits.ts'

const command = new URL('../../../sdk/src/command.ts', import.meta.url).pathname

async function run(args: string[], stdin: string) {
  const child = Bun.spawn([process.execPath, command, ...args], {
    stdin: new Blob([stdin]),
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [stdout, stderr, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ])
  return { stdout, stderr, code }
}

test('redact prints what would be sent of arguments, and says how much it replaced', async () => {
  const given = {
    query: 'x',
    apiKey: 'hunter2',
    note: 'paid with 4111 1111 1111 1111',
    employee: { id: 7, employeeId: 12, tenants: ['a'] },
    image: { type: 'image', mimeType: 'image/png', data: 'iVBORw0KGgo=' },
  }
  const keys = ['--key', 'employee_id', '--key=tenant']
  const { stdout, stderr, code } = await run(['redact', ...keys], JSON.stringify(given))
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toEqual({
    query: 'x',
    apiKey: '[redacted]',
    note: 'paid with [redacted: card number]',
    employee: { id: 7, employeeId: '[redacted]', tenants: '[redacted]' },
    image: { type: 'image', mimeType: 'image/png', data: '[image/png, 8 bytes]' },
  })
  expect(stderr).toBe(
    'JSON, taken as arguments. Replaced: 3 values, 1 card number, 1 binary by its size.\n',
  )
})

test('what is no JSON is taken as the text of an error, and cut as one', async () => {
  const { stdout, stderr, code } = await run(['redact'], `password=hunter2 ${'x '.repeat(4_000)}`)
  expect(code).toBe(0)
  expect(stdout).toStartWith('password=[redacted] x x')
  expect(Buffer.byteLength(stdout)).toBeLessThanOrEqual(limits.stringBytesMax + 1)
  expect(stderr).toBe('No JSON, taken as the text of an error. Replaced: 1 value, 1 cut.\n')
})

test.each(['null', '"a text"', '5', '[]', '', ' ', '{"a":', '\uFEFF{"a":1}'])(
  '%j is taken as it is',
  async (given) => {
    const { stdout, stderr, code } = await run(['redact'], given)
    expect(code).toBe(0)
    expect(stderr).toContain('Replaced: nothing.')
    expect(stdout.trim()).toBe(given.startsWith('\uFEFF') ? '{\n  "a": 1\n}' : given.trim())
  },
)

test('help and version are printed to stdout', async () => {
  expect((await run(['--help'], '')).stdout).toContain('npx @mcp-obs/sdk redact')
  expect(await run(['--version'], '')).toMatchObject({ stdout: `${manifest.version}\n`, code: 0 })
})

test.each([
  [[], 'What to do is missing.'],
  [['publish'], 'There is no command "publish".'],
  [['redact', 'file.json'], 'Give the file to stdin: redact < file.json'],
  [['redact', '--keys', 'x'], "Unknown option '--keys'"],
  [['redact', '--key'], 'argument missing'],
])('%j ends with 2, and says why on stderr alone', async (args, why) => {
  const { stdout, stderr, code } = await run(args, '{}')
  expect({ stdout, code }).toEqual({ stdout: '', code: 2 })
  expect(stderr).toContain(why)
  expect(stderr).toContain('--help')
})
