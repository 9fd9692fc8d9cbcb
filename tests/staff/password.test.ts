import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { sha256 } from '#src/lib/ids.ts'
import { resetByLink } from '#src/staff/password/resetting.ts'
import { bodyOf, headersOf, type Sink, startSink } from '../mail/sink.ts'
import { runProgram } from '../program.ts'
import { plantSession } from '../walls/facts.ts'
import { makeWorld, password, type World } from '../world.ts'
import { atOnce, whileReplaced } from './colleagues.ts'

const next = 'a whole new password'
let world: World
let sink: Sink
let email: string
const logged: string[] = []

beforeEach(async () => {
  sink = await startSink()
  world = await makeWorld({ MCP_OBS_SMTP_URL: sink.url, MCP_OBS_MAIL_FROM: 'desk@support.example' })
  email = world.northwind.staff.email
  logged.length = 0
  world.desk.log = (...entry) => logged.push(JSON.stringify(entry))
})
afterEach(async () => {
  await world.close()
  await sink.stop()
})

const ask = (given = email) => world.ask('/password', { form: { email: given } })
const links = async () => await world.database.owner`select * from password_reset`
/** The token of the mail that arrived last. */
async function mailed(count = 1): Promise<string> {
  const mails = await sink.got(count)
  expect(mails).toHaveLength(count)
  const [, token = ''] =
    /http:\/\/localhost:3000\/password\/([\w-]{43})\r?\n/.exec(bodyOf(mails.at(-1) as never)) ?? []
  expect(token).not.toBe('')
  return token
}
const choose = (token: string, given = next) =>
  world.ask(`/password/${token}`, { form: { password: given } })
const signIn = async (given: string) =>
  (await world.ask('/sign-in', { form: { email, password: given } })).status
const opens = async (cookie: string) =>
  (await world.ask('/northwind/tickets', { cookie })).status === 200

describe('a forgotten password', () => {
  test('is replaced by a mailed link, which signs in and ends all other sessions', async () => {
    const { cookie } = await plantSession(world, world.northwind.staff.id)
    expect(await (await world.ask('/sign-in')).text()).toContain('href="/password"')
    expect((await world.ask('/password')).status).toBe(200)
    expect((await ask(` ${email.toUpperCase()} `)).status).toBe(200)
    const token = await mailed()
    expect(sink.mails[0]?.to).toEqual([`RCPT TO:<${email}>`])
    expect(headersOf(sink.mails[0] as never)).toContain(
      'Subject: A new password for the support desk at localhost:3000',
    )
    expect(await (await world.ask(`/password/${token}`)).text()).toContain(email)
    const response = await choose(token)
    expect(response.headers.get('location')).toBe('/')
    const fresh = response.headers.get('set-cookie')?.split(';')[0] ?? ''
    expect([await opens(fresh), await opens(cookie)]).toEqual([true, false])
    expect([await signIn(password), await signIn(next)]).toEqual([422, 303])
  })

  test('is asked for with one answer, whether or not there is an account', async () => {
    const [there, not] = [await ask(), await ask('nobody@northwind.example')]
    const text = async (response: Response, of: string) =>
      (await response.text()).replaceAll(of, 'EMAIL')
    expect([there.status, await text(there, email)]).toEqual([
      not.status,
      await text(not, 'nobody@northwind.example'),
    ])
    await mailed()
    await Bun.sleep(50)
    expect(sink.mails).toHaveLength(1)
  })

  test('is refused with one answer too, after three mails from one place', async () => {
    for (const given of [email, 'nobody@northwind.example']) {
      const answers = []
      for (let n = 0; n < 5; n++) answers.push((await ask(given)).status)
      expect(answers).toEqual([200, 200, 200, 429, 429])
    }
    expect(await sink.got(3)).toHaveLength(3)
    expect(await links()).toHaveLength(3)
    // Of those that are refused the mail server hears nothing.
    const greetings = () => sink.commands.filter((line) => line.startsWith('EHLO')).length
    const before = greetings()
    expect((await ask()).status).toBe(429)
    expect([before > 0, greetings()]).toEqual([true, before])
  })

  test('is slowed for an address that asks for many', async () => {
    const answers = []
    for (let n = 0; n < 12; n++) answers.push((await ask(`n${n}@northwind.example`)).status)
    expect(answers).toEqual([...Array(10).fill(200), 429, 429])
  })

  for (const given of [
    '',
    'mira',
    'mira@northwind.example\r\nBcc: eve@evil.example',
    'mira@northwind.example,eve@evil.example',
    '"mira@northwind.example\nX: y"@evil.example',
    'Eve <mira@northwind.example>',
    '<img src=x onerror=alert(1)>@evil.example',
  ])
    test(`of ${JSON.stringify(given)} is refused beside the field, and nothing is sent`, async () => {
      const response = await ask(given)
      expect(response.status).toBe(422)
      const text = await response.text()
      expect(text).toContain('id="email-problem"')
      expect(text).not.toContain('<img')
      await Bun.sleep(20)
      expect(sink.commands).toEqual([])
    })
})

describe('a link for a new password', () => {
  test('works once, also for many at once', async () => {
    await ask()
    const token = await mailed()
    const answers = await atOnce(world, 'password_reset', () =>
      Array.from({ length: 6 }, (_, n) => choose(token, `password number ${n}`)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array(5).fill(404)])
    expect((await world.ask(`/password/${token}`)).status).toBe(404)
  })

  test('ends with its hour, with another one that was used, and is not to be guessed', async () => {
    await ask()
    const first = await mailed()
    await ask()
    const second = await mailed(2)
    expect((await choose(second)).status).toBe(303)
    await ask()
    const third = await mailed(3)
    const [row] = await world.database.owner`
      select expires_at - now() between interval '59 minutes' and interval '1 hour' as hour
        from password_reset`
    expect(row?.hour).toBe(true)
    await world.database.owner`update password_reset set expires_at = now() - interval '1 second'`
    const said = new Set<string>()
    for (const token of [first, second, third, third.slice(0, -1), 'A'.repeat(43)])
      for (const response of [
        await world.ask(`/password/${token}`),
        await choose(token, 'stolen password'),
      ]) {
        expect(response.status).toBe(404)
        said.add(await response.text())
      }
    expect(said.size).toBe(1)
    expect(await resetByLink(world.database, third, 'stolen password')).toMatchObject({ ok: false })
    expect(await signIn(next)).toBe(303)
  })

  test('is slowed for who guesses', async () => {
    await ask()
    const token = await mailed()
    for (let n = 0; n < 30; n++) expect((await choose(`guess-${n}`)).status).toBe(404)
    expect((await choose(token)).status).toBe(429)
    expect(await signIn(password)).toBe(303)
  })

  test('is kept when the new password is refused', async () => {
    await ask()
    const token = await mailed()
    const response = await choose(token, 'ninechars')
    expect(response.status).toBe(422)
    const text = await response.text()
    expect(text).toContain('A password has 10 to 200 characters.')
    expect(text).not.toContain('ninechars')
    expect((await choose(token)).status).toBe(303)
  })

  test('is stored as a hash, which opens nothing', async () => {
    await ask()
    const token = await mailed()
    const [row] = await links()
    expect(sha256(token).equals(row?.token_hash)).toBe(true)
    expect((await choose(row?.token_hash.toString('base64url'))).status).toBe(404)
  })
})

describe('a password that is replaced meanwhile', () => {
  const sessions = async () => await world.database.owner`select id from session`
  const replaced = () => ({ id: world.northwind.staff.id, passwordHash: 'the operator’s' })

  test('begins no session for who showed the old one', async () => {
    const form = { email, password }
    const response = await whileReplaced(world, replaced(), () => world.ask('/sign-in', { form }))
    expect([response.status, response.headers.has('set-cookie')]).toEqual([422, false])
    expect(await sessions()).toHaveLength(0)
  })
})

describe('a mail server', () => {
  test('that is away is said to everybody alike, and logged without addresses', async () => {
    await sink.stop()
    for (const given of [email, 'nobody@northwind.example']) {
      const response = await ask(given)
      expect(response.status).toBe(503)
      expect(await response.text()).toContain('The desk can’t send mail right now.')
    }
    expect(await links()).toHaveLength(0)
    expect(logged.filter((line) => line.includes('mail server not reached'))).toHaveLength(2)
    expect(logged.join()).not.toMatch(/mira|nobody|@/)
    sink = await startSink()
  })

  test('that is away uses up no attempt', async () => {
    Object.assign(sink.refusals, { EHLO: '421 no', HELO: '421 no' })
    for (let n = 0; n < 12; n++) expect((await ask()).status).toBe(503)
    delete sink.refusals.EHLO
    delete sink.refusals.HELO
    expect((await ask()).status).toBe(200)
    await mailed()
  })

  test('that refuses the recipient is logged, without the address or the link', async () => {
    sink.refusals.RCPT = `550 ${email} is unknown`
    expect((await ask()).status).toBe(200)
    const told = () => logged.filter((entry) => entry.includes('mail was not sent'))
    for (let tries = 0; tries < 100 && told().length < 1; tries++) await Bun.sleep(10)
    expect(told()[0]).toContain('EENVELOPE 550')
    expect(logged.join()).not.toMatch(/mira|@|password\/[\w-]{43}/)
  })
})

test('a desk without mail has no such pages, and says what its operator can do', async () => {
  const plain = await makeWorld()
  const text = await (await plain.ask('/sign-in')).text()
  expect(text).not.toContain('href="/password"')
  expect(text).toContain('staff reset-password')
  expect((await plain.ask('/password')).status).toBe(404)
  expect((await plain.ask('/password', { form: { email } })).status).toBe(404)
  await plain.close()
})

describe('staff reset-password', () => {
  const environment = () => ({
    DATABASE_URL: world.database.url,
    MCP_OBS_APP_ROLE: world.database.appRole,
  })
  const reset = (of: string, input: string) =>
    runProgram(
      ['staff', 'reset-password', '--email', of, '--password-stdin', '--json'],
      environment(),
      input,
    )

  test('replaces a password and ends all sessions and links', async () => {
    const { cookie } = await plantSession(world, world.northwind.staff.id)
    await ask()
    const token = await mailed()
    const { code, stdout, stderr } = await reset(email.toUpperCase(), `${next}\n`)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toEqual({ email })
    expect([await opens(cookie), (await choose(token)).status]).toEqual([false, 404])
    expect([await signIn(password), await signIn(next)]).toEqual([422, 303])
  })

  const refusals: [of: string, input: string, sentence: string][] = [
    ['nobody@northwind.example', next, 'There is no account nobody@northwind.example.'],
    ['mira', next, 'The --email is not an e-mail address.'],
    ['mira@northwind.example', 'ninechars', 'A password has 10 to 200 characters.'],
    ['mira@northwind.example', '', 'A password has 10 to 200 characters.'],
  ]
  for (const [of, input, sentence] of refusals)
    test(`refuses ${of} with “${input}”`, async () => {
      const { code, stdout, stderr } = await reset(of, input)
      expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: `${sentence}\n` })
      expect(await signIn(password)).toBe(303)
    })
})
