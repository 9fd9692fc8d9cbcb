import { describe, expect, test } from 'bun:test'
import { settingsHelp } from '#src/config.ts'
import { emptyDatabase } from '../cluster.ts'
import { runProgram } from '../program.ts'

describe('a setting that can not be read ends the start with 1 and a sentence', () => {
  const cases: [string, string, string][] = [
    ['MCP_OBS_BASEURL', 'x', 'MCP_OBS_BASEURL is not a setting. Did you mean MCP_OBS_BASE_URL?'],
    ['MCP_OBS_PORT', '1', 'MCP_OBS_PORT is not a setting.'],
    ['MCP_OBS_BASE_URL', 'support.example.com', 'MCP_OBS_BASE_URL must be a URL'],
    ['MCP_OBS_BASE_URL', 'https://example.com/desk', 'MCP_OBS_BASE_URL must be an origin only'],
    ['MCP_OBS_LISTEN', '3000', 'MCP_OBS_LISTEN must be host:port'],
    ['MCP_OBS_LISTEN', '127.0.0.1:70000', 'MCP_OBS_LISTEN must be host:port'],
    ['MCP_OBS_APP_ROLE', 'my role', 'MCP_OBS_APP_ROLE must be a plain role name'],
    ['MCP_OBS_TRUSTED_PROXIES', 'proxy', 'MCP_OBS_TRUSTED_PROXIES must be a list of addresses'],
    ['MCP_OBS_TRUSTED_PROXIES', '10.0.0.0/', 'MCP_OBS_TRUSTED_PROXIES must be a list'],
    ['MCP_OBS_TRUSTED_PROXIES', '10.0.0.0/33', 'MCP_OBS_TRUSTED_PROXIES must be a list'],
    ['MCP_OBS_SECRET_KEY', 'correct horse battery', 'MCP_OBS_SECRET_KEY must have 32 or more'],
    ['MCP_OBS_CLIENT_METADATA', 'yes', 'MCP_OBS_CLIENT_METADATA must be auto, on or off.'],
    ['MCP_OBS_CLIENT_METADATA_HOSTS', 'https://a.example', 'MCP_OBS_CLIENT_METADATA_HOSTS must be'],
    ['MCP_OBS_LOG_LEVEL', 'loud', 'MCP_OBS_LOG_LEVEL must be error, info or debug.'],
    ['DATABASE_URL', 'mysql://localhost/desk', 'DATABASE_URL must be a URL'],
  ]
  for (const [name, value, sentence] of cases)
    test(`${name}=${value}`, async () => {
      const { code, stdout, stderr } = await runProgram([], { [name]: value })
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toStartWith(sentence)
      expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    })

  test('all of them at once', async () => {
    const wrong = { MCP_OBS_LISTEN: 'x', MCP_OBS_LOG_LEVEL: 'x', MCP_OBS_KEYS: 'x' }
    const { stderr } = await runProgram([], wrong)
    expect(stderr.trimEnd().split('\n')).toHaveLength(3)
  })
})

test('a setting that is empty counts as not set, and the SDK’s own are left alone', async () => {
  const { code, stderr } = await runProgram(['migrate'], {
    DATABASE_URL: await emptyDatabase(),
    MCP_OBS_APP_ROLE: '',
    MCP_OBS_URL: 'https://docuapi.support.example.com',
    MCP_OBS_KEY: 'sk_test',
  })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
})

test('the manual has every setting, and no other', async () => {
  const manual = await Bun.file('docs/self-hosting.md').text()
  const rows = [...manual.matchAll(/^\| `([A-Z_]+)` +\|/gm)].map(([, name]) => String(name))
  expect(rows.sort()).toEqual(settingsHelp.map(({ name }) => name).sort())
})
