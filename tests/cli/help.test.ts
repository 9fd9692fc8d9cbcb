import { describe, expect, test } from 'bun:test'
import { settingsHelp } from '#src/config.ts'
import pkg from '../../package.json' with { type: 'json' }
import { runProgram } from '../program.ts'

const run = (...args: string[]) => runProgram(args, {})

describe('the program says how it is used', () => {
  for (const asked of ['--help', 'help', '-h'])
    test(`by ${asked}, with every command and every setting`, async () => {
      const { code, stdout, stderr } = await run(asked)
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      for (const command of [
        'serve',
        'demo',
        'migrate',
        'organization create',
        'staff create',
        'staff reset-password',
        'server create',
      ])
        expect(stdout).toContain(`\n  ${command} `)
      for (const { name } of settingsHelp) expect(stdout).toContain(name)
    })

  test('by --help after a command, also where options are missing', async () => {
    const { code, stdout } = await run('organization', 'create', '--help')
    expect(code).toBe(0)
    expect(stdout).toContain('mcp-obs organization create --name NAME [--slug SLUG] [--json]')
  })

  test('by --version', async () => {
    const stdout = `${pkg.version} (source)\n`
    expect(await run('--version')).toEqual({ code: 0, stdout, stderr: '' })
  })
})

describe('what is not understood ends with 2 and a sentence', () => {
  const cases: [string[], string][] = [
    [['tickets'], 'There is no command tickets. See --help.'],
    [['organization'], 'There is no command organization. See --help.'],
    [['organization', 'crate', '--name', 'X'], 'There is no command organization crate.'],
    [['serve', '--port', '3000'], "Unknown option '--port'"],
    [['organization', 'create', 'Fjord'], "Unexpected argument 'Fjord'"],
    [['organization', 'create'], 'organization create needs --name.'],
    [['organization', 'create', '--name', '  '], 'organization create needs --name.'],
    [
      ['server', 'create', '--organization', 'fjord'],
      'server create needs --slug, --name, --auth.',
    ],
    [
      ['staff', 'create', '--organization', 'fjord', '--email', 'mira@fjord.example'],
      'staff create needs --name, --password-stdin.',
    ],
  ]
  for (const [args, sentence] of cases)
    test(args.join(' '), async () => {
      const { code, stdout, stderr } = await run(...args)
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toStartWith(sentence)
    })

  test('a password has no option, as every list of processes would show it', async () => {
    const { code, stderr } = await run('staff', 'create', '--password', 'correct horse battery')
    expect(code).toBe(2)
    expect(stderr).not.toContain('correct horse')
  })
})
