import { beforeAll, describe, expect, test } from 'bun:test'
import { emptyDatabase } from '../cluster.ts'
import { make, runProgram } from '../program.ts'
import { openIssuer } from '../sdk/verify/issuer.ts'

const password = 'correct horse battery'
let environment: Record<string, string>

const run = (args: string[], input = '') => runProgram(args, environment, input)
const server = (slug: string, ...more: string[]) => [
  ...['server', 'create', '--organization', 'fjord', '--slug', slug, '--name', 'DocuAPI'],
  ...more,
]
const staff = (email: string, ...more: string[]) => [
  ...['staff', 'create', '--organization', 'fjord', '--email', email, '--name', 'Mira'],
  ...['--password-stdin', ...more],
]

async function refused(args: string[], input = ''): Promise<string> {
  const { code, stdout, stderr } = await run(args, input)
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  return stderr
}

beforeAll(async () => {
  environment = {
    DATABASE_URL: await emptyDatabase(),
    MCP_OBS_BASE_URL: 'https://support.example.com',
  }
  await make(['organization', 'create', '--name', 'Fjord'], environment)
})

describe('organization create', () => {
  test('makes the slug of the name, on an empty database too', async () => {
    const made = await make(['organization', 'create', '--name', 'Döcu API GmbH'], environment)
    expect(made).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      slug: 'docu-api-gmbh',
      name: 'Döcu API GmbH',
    })
  })

  test('prints a table for people', async () => {
    const { code, stdout } = await run(['organization', 'create', '--name', 'Sund AS'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^id {4}[0-9a-f-]{36}\nslug {2}sund-as\nname {2}Sund AS\n$/)
  })

  const refusals: [string[], string][] = [
    [['--name', 'Fjord'], 'There is an organization fjord already. Give one with --slug.'],
    [['--name', 'Other', '--slug', 'fjord'], 'There is an organization fjord already.'],
    [['--name', 'Admin'], "The slug can't be admin: that name is reserved. Give one with --slug."],
    [['--name', 'Other', '--slug', 'Other'], 'The slug is 3 to 40 lower-case letters'],
    [['--name', '株式会社'], 'The slug is 3 to 40 lower-case letters'],
    [['--name', 'x'.repeat(81)], 'The --name has at most 80 characters'],
    [
      ['--name', 'two\nlines'],
      'The --name has at most 80 characters that can be seen, on one line.',
    ],
    [
      ['--name', 'Docs\u{e0049}'],
      'The --name has at most 80 characters that can be seen, on one line.',
    ],
  ]
  for (const [args, sentence] of refusals)
    test(`refuses ${args.join(' ').slice(0, 40)}`, async () => {
      expect(await refused(['organization', 'create', ...args])).toStartWith(sentence)
    })
})

describe('staff create', () => {
  test('takes the password from standard input, and prints who was made', async () => {
    const { code, stdout, stderr } = await run(staff('Mira@Fjord.example', '--json'), password)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toEqual({ id: expect.any(String), email: 'mira@fjord.example' })
  })

  test('prints a table for people', async () => {
    const { stdout } = await run(staff('sam@fjord.example'), `${password}\n`)
    expect(stdout).toMatch(/^id {5}[0-9a-f-]{36}\nemail {2}sam@fjord.example\n$/)
  })

  test('refuses an account that exists, in any case of its letters', async () => {
    await run(staff('ada@fjord.example'), password)
    const sentence = await refused(staff('ADA@fjord.example'), password)
    expect(sentence).toBe('There is an account ada@fjord.example already.\n')
  })

  test('refuses a short password and no password', async () => {
    for (const short of ['123456789', ''])
      expect(await refused(staff('kim@fjord.example'), short)).toBe(
        'A password has 10 to 200 characters.\n',
      )
  })

  test('refuses what is no e-mail address', async () => {
    expect(await refused(staff('mira'), password)).toBe('The --email is not an e-mail address.\n')
  })

  test('refuses an organization that is not there', async () => {
    const args = staff('kim@fjord.example').map((arg) => (arg === 'fjord' ? 'fjell' : arg))
    expect(await refused(args, password)).toBe('There is no organization fjell.\n')
  })
})

describe('server create', () => {
  test('prints the address and the key, which is shown this once', async () => {
    expect(
      await make(server('docuapi', '--auth', 'none', '--support', '--check'), environment),
    ).toEqual({
      slug: 'docuapi',
      url: 'https://docuapi.support.example.com',
      key: expect.stringMatching(/^sk_[\w-]{43}$/),
    })
  })

  test('prints a table for people', async () => {
    const { stdout } = await run(server('plain', '--auth', 'platform'))
    expect(stdout).toMatch(
      /^slug {2}plain\nurl {3}https:\/\/plain\.support\.example\.com\nkey {3}sk_[\w-]{43}\n$/,
    )
  })

  test('takes an issuer of the company’s own that answers, and refuses another with the reason', async () => {
    const issuer = await openIssuer()
    const here = { ...environment, MCP_OBS_BASE_URL: 'http://localhost:3000' }
    const own = (slug: string, url: string) =>
      server(slug, '--auth', 'external', '--issuer', url, '--audience', 'https://mcp.fjord.example')
    const claims = ['--email-claim', 'upn', '--name-claim', 'displayName']
    const made = await make([...own('signed-in', issuer.issuer), ...claims], here)
    expect(made.slug).toBe('signed-in')
    const { code, stderr } = await runProgram(own('signed-out', `${issuer.issuer}/`), here)
    issuer.close()
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(
        /^The --issuer can't be used\. http\S+ is about another issuer: .+ With --skip-discovery it is not asked\.\n$/,
      ),
    })
  })

  test('takes an issuer that is not up yet, where it is told not to ask', async () => {
    const own = ['--issuer', 'https://login.fjord.example', '--audience', 'x', '--skip-discovery']
    const made = await make(server('early', '--auth', 'external', ...own), environment)
    expect(made.slug).toBe('early')
  })

  test('takes the one MCP server that the desk’s own tokens are for', async () => {
    const own = ['--auth', 'platform', '--audience', 'https://docuapi.example/mcp']
    expect((await make(server('for-one', ...own), environment)).slug).toBe('for-one')
  })

  const pair = 'An issuer and an audience go with auth external.'
  const issuer = ['--issuer', 'https://login.fjord.example']
  const refusals: [string, string[], string][] = [
    ['taken', ['--auth', 'none'], 'The slug taken is taken.'],
    ['www', ['--auth', 'none'], "The slug can't be www: that name is reserved."],
    ['no-', ['--auth', 'none'], 'The slug is 3 to 40 lower-case letters'],
    ['open', ['--auth', 'oauth'], 'The --auth is none, platform or external.'],
    ['open', ['--auth', 'external'], pair],
    ['open', ['--auth', 'external', ...issuer], pair],
    ['open', ['--auth', 'external', '--audience', 'x'], pair],
    ['open', ['--auth', 'none', ...issuer, '--audience', 'x'], 'An issuer goes with auth external'],
    ['open', ['--auth', 'none', ...issuer], 'An issuer goes with auth external'],
    ['open', ['--auth', 'platform', ...issuer], 'An issuer goes with auth external only'],
    ['open', ['--auth', 'none', '--audience', 'x'], 'An audience goes with auth external or'],
    ['open', ['--auth', 'platform', '--audience', 'x'], 'This is no address of an MCP server'],
    ['open', ['--auth', 'external', '--issuer', 'x', '--audience', 'x'], 'The --issuer is a URL.'],
    [
      'open',
      ['--auth', 'none', '--name-claim', 'x'],
      'Names of claims go with auth external only.',
    ],
    ['open', ['--auth', 'none', '--context', 'all'], 'The --context is off, call or recent.'],
  ]
  for (const [slug, args, sentence] of refusals)
    test(`refuses ${slug} ${args.join(' ')}`, async () => {
      if (slug === 'taken') await run(server(slug, '--auth', 'none'))
      expect(await refused(server(slug, ...args))).toStartWith(sentence)
    })
})
