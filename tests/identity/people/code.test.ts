import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { sha256 } from '#src/lib/ids.ts'
import { bodyOf, headersOf, type Received, type Sink, startSink } from '../../mail/sink.ts'
import { textOf, valuesOf } from '../../views/parse.ts'
import { makeWorld, type World } from '../../world.ts'
import { Browser, codeOf, forgetMails, locationOf, person } from './visiting.ts'

let world: World
let sink: Sink
let path: string
const logged: string[] = []
beforeAll(async () => {
  sink = await startSink()
  world = await makeWorld({ MCP_OBS_SMTP_URL: sink.url, MCP_OBS_MAIL_FROM: 'desk@support.example' })
  world.desk.log = (...entry) => logged.push(JSON.stringify(entry))
  path = `/s/${world.northwind.servers.platform.slug}`
})
afterAll(async () => {
  await world.close()
  await sink.stop()
})
beforeEach(async () => {
  await forgetMails(sink)
  for (const table of ['end_user', 'mailed_code', 'rate_bucket'])
    await world.database.owner`delete from ${world.database.owner(table)}`
  logged.length = 0
})

const visit = () => new Browser(world, world.northwind.servers.platform)
const accounts = () => world.database.owner`select * from end_user`
/** A browser with a new account, its e-mail proven, and the mails forgotten. */
async function signedUp(): Promise<Browser> {
  const browser = visit()
  await browser.signUp()
  await browser.enter(await codeOf(sink))
  await forgetMails(sink)
  return browser
}
const notThis = (code: string) => String((Number(code) + 1) % 10 ** 8).padStart(8, '0')

/** All that a browser hears of an e-mail, from asking for a code to a wrong one. */
async function toldBy(browser: Browser, asked: Response, email: string): Promise<unknown[]> {
  const all: unknown[] = []
  for (const response of [
    asked,
    await browser.ask('/sign-in/code'),
    await browser.enter('00000000'),
  ])
    all.push([
      response.status,
      [...response.headers].map((line) => line.join().replace(/=[\w-]{43}/, '')),
      (await response.text()).replaceAll(email, 'EMAIL'),
    ])
  return all
}

describe('signing up with a mailed code', () => {
  test('makes nothing until the code is there, then an account with a proven e-mail', async () => {
    const browser = visit()
    expect(textOf(await (await browser.ask('/sign-up')).text())).toContain('You get a code by mail')
    const asked = await browser.signUp()
    expect(locationOf(asked)).toBe(`${path}/sign-in/code`)
    expect(asked.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        new RegExp(`^mcp_obs_code=[\\w-]{43}; Path=${path}; Max-Age=600; HttpOnly; SameSite=Lax$`),
      ),
    ])
    expect(await accounts()).toHaveLength(0)
    expect(await browser.whose()).toBeNull()
    const shown = await (await browser.ask('/sign-in/code')).text()
    expect(textOf(shown)).toContain('A mail to ana@fjord.example is on its way.')
    const field = /<input[^>]*name="code"[^>]*>/.exec(shown)?.[0]
    expect(field).toContain('autocomplete="one-time-code"')
    expect(field).toContain('inputmode="numeric"')
    const code = await codeOf(sink)
    const response = await browser.enter(`${code.slice(0, 4)} ${code.slice(4)}`)
    expect(locationOf(response)).toBe(`${path}/account`)
    expect(await browser.whose()).toBe(person.email)
    expect(await accounts()).toMatchObject([
      { email: person.email, name: person.name, email_verified_at: expect.any(Date) },
    ])
    expect((await visit().signIn()).status).toBe(303)
  })

  test('writes to the address, of the server, with nothing of the account in it', async () => {
    await visit().signUp()
    const [mail] = await sink.got(1)
    expect(mail?.to).toEqual([`RCPT TO:<${person.email}>`])
    expect(headersOf(mail as Received)).toContain('Subject: Sign in to DocuAPI')
    const body = bodyOf(mail as Received)
    const [address = ''] = /^http:\S+/m.exec(body) ?? []
    expect(address).toStartWith(`http://localhost:3000${path}/`)
    expect(locationOf(await world.ask(address))).toBe(`${path}/sign-in`)
    expect(body).not.toMatch(/Ana|already/)
  })

  test('stores code and token as hashes only', async () => {
    const browser = visit()
    await browser.signUp()
    const code = await codeOf(sink)
    const [row] = await world.database.owner`select *, mailed_code::text as whole from mailed_code`
    const token = browser.cookies.get('mcp_obs_code') ?? ''
    expect(sha256(token).equals(row?.token_hash)).toBe(true)
    expect(sha256(code).equals(row?.code_hash)).toBe(false)
    for (const secret of [code, token, person.password]) expect(row?.whole).not.toContain(secret)
  })

  test('answers alike for an e-mail that has an account; the mail says so, and signs in', async () => {
    await signedUp()
    const [before] = await accounts()
    const told = async (browser: Browser, email: string) => {
      const asked = await browser.signUp({ email, name: 'Eve', password: 'another password' })
      return toldBy(browser, asked, email)
    }
    const browser = visit()
    expect(await told(browser, person.email)).toEqual(await told(visit(), 'new@fjord.example'))
    const mails = await sink.got(2)
    const own = mails.findIndex(({ to }) => to.join().includes(person.email))
    expect(bodyOf(mails[own] as Received)).toContain('You have an account at DocuAPI already')
    expect((await browser.enter(await codeOf(sink, own + 1))).status).toBe(303)
    expect(await browser.whose()).toBe(person.email)
    expect(JSON.stringify(await accounts())).toBe(JSON.stringify([before]))
  })
})

describe('signing in with a mailed code', () => {
  test('works once, in the browser that asked for it', async () => {
    await signedUp()
    const browser = visit()
    const shown = await (await browser.ask('/sign-in')).text()
    expect(textOf(shown)).toContain('Mail me a code instead')
    expect(locationOf(await browser.mailCode())).toBe(`${path}/sign-in/code`)
    const code = await codeOf(sink)
    const other = visit()
    expect((await other.enter(code)).status).toBe(422)
    await other.mailCode()
    expect((await other.enter(code)).status).toBe(422)
    const kept = new Map(browser.cookies)
    expect((await browser.enter(code)).status).toBe(303)
    expect(browser.cookies.has('mcp_obs_code')).toBe(false)
    expect(await browser.whose()).toBe(person.email)
    const again = visit()
    for (const [name, value] of kept) again.cookies.set(name, value)
    const refused = await again.enter(code)
    expect(refused.status).toBe(422)
    expect(textOf(await refused.text())).toContain('This code can’t be used')
  })

  test('answers alike for an e-mail without an account, whose mail has no code', async () => {
    await signedUp()
    const told = async (email: string) => {
      const browser = visit()
      return toldBy(browser, await browser.mailCode(email), email)
    }
    expect(await told(person.email)).toEqual(await told('nobody@fjord.example'))
    const mails = await sink.got(2)
    const mail = mails.find(({ to }) => to.join().includes('nobody')) as Received
    expect(bodyOf(mail)).toContain('There is no account')
    expect(bodyOf(mail)).toContain(`http://localhost:3000${path}/sign-up`)
    expect(bodyOf(mail)).not.toMatch(/\d{4} \d{4}/)
    expect(await accounts()).toHaveLength(1)
  })

  test('takes five tries of many at once, and then not even the right code', async () => {
    await signedUp()
    const browser = visit()
    await browser.mailCode()
    const code = await codeOf(sink)
    const cookie = `mcp_obs_code=${browser.cookies.get('mcp_obs_code')}`
    const enter = (given: string) =>
      world.ask(`${path}/sign-in/code`, { cookie, form: { code: given } })
    const wrong = Array.from({ length: 20 }, () => enter(notThis(code)))
    const answers = await Promise.all(wrong)
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(422))
    const [row] = await world.database.owner`select tries_left from mailed_code`
    expect(row?.tries_left).toBe(0)
    expect((await enter(code)).status).toBe(422)
    expect(await world.database.owner`select 1 from end_user_session`).toHaveLength(1)
  })

  test('begins one session of many right tries at once', async () => {
    await signedUp()
    const browser = visit()
    await browser.mailCode()
    const code = await codeOf(sink)
    const cookie = `mcp_obs_code=${browser.cookies.get('mcp_obs_code')}`
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        world.ask(`${path}/sign-in/code`, { cookie, form: { code } }),
      ),
    )
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
    expect(await world.database.owner`select 1 from end_user_session`).toHaveLength(2)
  })

  test('uses no try up for what can’t be a code, and says what is wrong', async () => {
    await signedUp()
    const browser = visit()
    await browser.mailCode()
    const code = await codeOf(sink)
    for (const given of ['', 'abc', `${code}x`, '１２３４５６７８']) {
      const response = await browser.enter(given)
      expect(response.status).toBe(422)
      expect(valuesOf(await response.text(), 'span', 'id')).toContain('code-problem')
    }
    for (let n = 0; n < 4; n++) expect((await browser.enter(notThis(code))).status).toBe(422)
    expect((await browser.enter(`${code.slice(0, 4)}-${code.slice(4)}`)).status).toBe(303)
  })

  test('ends after ten minutes', async () => {
    await signedUp()
    const browser = visit()
    await browser.mailCode()
    const { owner } = world.database
    const [row] = await owner`
      select expires_at - now() between interval '9 minutes' and interval '10 minutes' as ten
        from mailed_code`
    expect(row?.ten).toBe(true)
    await owner`update mailed_code set expires_at = now() - interval '1 second'`
    expect(locationOf(await browser.ask('/sign-in/code'))).toBe(`${path}/sign-in`)
    expect((await browser.enter(await codeOf(sink))).status).toBe(422)
  })

  test('of one server is nothing at another', async () => {
    await signedUp()
    const browser = visit()
    await browser.mailCode()
    const code = await codeOf(sink)
    const other = new Browser(world, world.southwind.servers.platform)
    for (const [name, value] of browser.cookies) other.cookies.set(name, value)
    expect((await other.enter(code)).status).toBe(422)
    const cookie = `mcp_obs_code=${browser.cookies.get('mcp_obs_code')}`
    expect((await other.ask('/sign-in/code', { cookie })).status).toBe(303)
    expect((await browser.enter(code)).status).toBe(303)
  })

  test('goes on with the request that waits', async () => {
    await signedUp()
    const request = 'client_id=x&state=y'
    const browser = visit()
    const asked = await browser.post('/sign-in', { email: person.email, way: 'code', request })
    expect(locationOf(asked)).toBe(`${path}/sign-in/code?${new URLSearchParams({ request })}`)
    const page = locationOf(asked).slice(path.length)
    const shown = await (await browser.ask(page)).text()
    expect(valuesOf(shown, 'input', 'value')).toEqual([request])
    const done = await browser.post('/sign-in/code', { code: await codeOf(sink), request })
    expect(locationOf(done)).toBe(`${path}/authorize?${request}`)
  })

  test('is slowed: five mails to an address from one place, whether or not it has an account', async () => {
    await signedUp()
    await world.database.owner`delete from rate_bucket`
    for (const email of [person.email, 'nobody@fjord.example']) {
      const answers: Response[] = []
      for (let n = 0; n < 7; n++) answers.push(await visit().mailCode(email))
      expect(answers.map(({ status }) => status)).toEqual([...Array(5).fill(303), 429, 429])
      expect(Number(answers[6]?.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(textOf(await answers[6]?.text())).toContain('Too many mails. Try again in')
    }
    expect(await sink.got(10)).toHaveLength(10)
    // Of those that are refused the mail server hears nothing.
    const greetings = () => sink.commands.filter((line) => line.startsWith('EHLO')).length
    const before = greetings()
    expect((await visit().mailCode()).status).toBe(429)
    expect([before > 0, greetings()]).toEqual([true, before])
    // Those that sign-up asks for count alike.
    expect((await visit().signUp()).status).toBe(429)
    const { owner } = world.database
    await owner`update rate_bucket set tokens = 0 where key like 'mail from %'`
    expect((await visit().mailCode('another@fjord.example')).status).toBe(429)
    await owner`update rate_bucket set tokens = 20`
    await owner`update rate_bucket set tokens = 0 where key like 'mail to %'`
    expect((await visit().mailCode()).status).toBe(429)
    const other = new Browser(world, world.southwind.servers.platform)
    expect((await other.mailCode()).status).toBe(303)
  })

  for (const email of [
    '',
    'ana',
    'ana@fjord.example,eve@evil.example',
    'a@b.example\r\nBcc: c@d.e',
  ])
    test(`to ${JSON.stringify(email)} is refused beside the field`, async () => {
      const response = await visit().mailCode(email)
      expect(response.status).toBe(422)
      expect(valuesOf(await response.text(), 'span', 'id')).toContain('email-problem')
      expect(sink.commands.filter((line) => line.startsWith('RCPT'))).toEqual([])
    })
})

describe('a mail server', () => {
  test('that is away is said to everybody alike, uses up no attempt, and names nobody in the log', async () => {
    await signedUp()
    Object.assign(sink.refusals, { EHLO: '421 no', HELO: '421 no' })
    for (const email of [person.email, 'nobody@fjord.example'])
      for (let n = 0; n < 6; n++) {
        const response = await visit().mailCode(email)
        expect(response.status).toBe(503)
        expect(textOf(await response.text())).toContain('No mail can be sent right now.')
      }
    delete sink.refusals.EHLO
    delete sink.refusals.HELO
    expect((await visit().mailCode()).status).toBe(303)
    expect(logged.join()).toContain('mail server not reached')
    expect(logged.join()).not.toMatch(/ana|nobody|@/)
  })

  test('that refuses the recipient is logged, without address or code', async () => {
    sink.refusals.RCPT = `550 ${person.email} is unknown`
    expect((await visit().signUp()).status).toBe(303)
    const told = () => logged.filter((line) => line.includes('mail was not sent'))
    for (let tries = 0; tries < 200 && told().length < 1; tries++) await Bun.sleep(10)
    delete sink.refusals.RCPT
    expect(told()[0]).toContain('EENVELOPE 550')
    expect(logged.join()).not.toMatch(/ana|@|\d{4} ?\d{4}/)
  })
})
