import { expect, test } from 'bun:test'
import { parseConfig } from '#src/config.ts'

const mailFrom = 'desk@support.example'
const parse = (smtpUrl: string, from = mailFrom) =>
  parseConfig({ MCP_OBS_SMTP_URL: smtpUrl, MCP_OBS_MAIL_FROM: from })

for (const smtpUrl of [
  'smtp://mail.example.com',
  'smtp://127.0.0.1:2525',
  'smtps://desk:p%40ss@mail.example.com:465',
])
  test(`${smtpUrl} is a mail server`, () => {
    expect(parse(smtpUrl)).toMatchObject({ ok: true, config: { smtpUrl, mailFrom } })
  })

const refusals: [smtpUrl: string, from: string, sentence: string][] = [
  ['mail.example.com', mailFrom, 'MCP_OBS_SMTP_URL must be a URL'],
  ['https://mail.example.com', mailFrom, 'MCP_OBS_SMTP_URL must be a URL'],
  ['smtp://', mailFrom, 'MCP_OBS_SMTP_URL must'],
  ['smtp://mail.example.com', '', 'MCP_OBS_SMTP_URL needs MCP_OBS_MAIL_FROM beside it.'],
  ['smtp://mail.example.com', 'desk', 'MCP_OBS_MAIL_FROM must be an e-mail address'],
  ['smtp://mail.example.com', 'a@b.example\r\nBcc: c@d.example', 'MCP_OBS_MAIL_FROM must be'],
  ['smtp://mail.example.com', 'Desk <a@b.example>', 'MCP_OBS_MAIL_FROM must be'],
]
for (const [smtpUrl, from, sentence] of refusals)
  test(`${smtpUrl} with ${JSON.stringify(from)} is refused in one sentence`, () => {
    const parsed = parse(smtpUrl, from)
    expect(parsed.ok ? [] : parsed.problems).toEqual([expect.stringContaining(sentence)])
  })

test('no mail is configured unless told', () => {
  expect(parseConfig({})).toMatchObject({ ok: true, config: { smtpUrl: undefined } })
})
