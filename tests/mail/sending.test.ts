import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { canMail, reachMailServer, sendMail } from '#src/mail/sending.ts'
import { bodyOf, headersOf, type Sink, startSink } from './sink.ts'

let sink: Sink
const mailFrom = 'desk@support.example'
const settings = () => ({ smtpUrl: sink.url, mailFrom })
const mail = { to: 'mira@northwind.example', subject: 'A new password', text: 'Hello, Mira.' }
beforeEach(async () => {
  sink = await startSink('desk:p%40ss')
})
afterEach(() => sink.stop())

describe('a mail', () => {
  test('is handed over as plain text, to one recipient', async () => {
    expect(await sendMail(settings(), mail)).toEqual({ ok: true })
    const [received] = sink.mails
    expect(sink.mails).toHaveLength(1)
    expect(received?.from).toBe(`MAIL FROM:<${mailFrom}>`)
    expect(received?.to).toEqual(['RCPT TO:<mira@northwind.example>'])
    const headers = headersOf(received as never)
    expect(headers).toContain('To: mira@northwind.example')
    expect(headers).toContain(`From: Support desk <${mailFrom}>`)
    expect(headers).toContain('Subject: A new password')
    expect(headers.join('\n')).toMatch(/Content-Type: text\/plain; charset=utf-8/i)
    expect(headers.join('\n')).not.toMatch(/^x-mailer/im)
    expect(bodyOf(received as never).trim()).toBe('Hello, Mira.')
  })

  test('signs the desk in where the URL says how', async () => {
    await sendMail(settings(), mail)
    const [auth = ''] = sink.commands.filter((line) => line.startsWith('AUTH PLAIN '))
    expect(Buffer.from(auth.slice(11), 'base64').toString()).toBe('\0desk\0p@ss')
  })

  test('keeps characters of every language, and a line that is a dot', async () => {
    await sendMail(settings(), { ...mail, subject: 'Пароль ✓', text: 'née\n.\n株式会社' })
    const [received] = sink.mails
    expect(bodyOf(received as never).trim()).toBe('née\n.\n株式会社')
    expect(received?.data).not.toContain('Пароль')
    expect(received?.data).toMatch(/Subject: =\?UTF-8\?/i)
  })

  for (const line of [
    'a@b.example\r\nBcc: eve@evil.example',
    'a@b.example\nX: y',
    'a@b.example,c@d.example',
    'Eve <eve@evil.example>',
    'a\0@b.example',
  ])
    test(`to ${JSON.stringify(line)} is refused before anything is sent`, async () => {
      await expect(sendMail(settings(), { ...mail, to: line })).rejects.toThrow(TypeError)
      expect(sink.commands).toEqual([])
    })

  for (const line of ['Hello\r\nBcc: eve@evil.example', 'Hello\n\nBody', 'Hello\0'])
    test(`about ${JSON.stringify(line)} is refused before anything is sent`, async () => {
      await expect(sendMail(settings(), { ...mail, subject: line })).rejects.toThrow(TypeError)
      expect(sink.commands).toEqual([])
    })

  test('that says what looks like a command is text', async () => {
    const text = '\r\n.\r\nMAIL FROM:<eve@evil.example>\r\nRCPT TO:<eve@evil.example>\r\nDATA'
    expect(await sendMail(settings(), { ...mail, text })).toEqual({ ok: true })
    expect(sink.mails).toHaveLength(1)
    expect(sink.mails[0]?.to).toEqual(['RCPT TO:<mira@northwind.example>'])
  })

  test('that the server does not take is said by a code that names nobody', async () => {
    sink.refusals.RCPT = '550 mira@northwind.example is unknown'
    expect(await sendMail(settings(), mail)).toEqual({ ok: false, reason: 'EENVELOPE 550' })
  })
})

describe('the mail server', () => {
  test('is reached without sending', async () => {
    expect(await reachMailServer(settings())).toEqual({ ok: true })
    expect(sink.mails).toEqual([])
  })

  test('that refuses the desk, or is not there, is said so', async () => {
    sink.refusals.AUTH = '535 no'
    expect(await reachMailServer(settings())).toEqual({ ok: false, reason: 'EAUTH 535' })
    await sink.stop()
    expect(await reachMailServer(settings())).toMatchObject({ ok: false })
  })

  test('that takes too long in all is not waited for, also when each step is quick', async () => {
    const slow = createServer((socket) => {
      const timer = setInterval(() => socket.write('220-wait\r\n'), 20)
      socket.on('error', () => {})
      socket.on('close', () => clearInterval(timer))
      sockets.push(socket)
    })
    const sockets: Socket[] = []
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve))
    const { port } = slow.address() as AddressInfo
    const smtpUrl = `smtp://127.0.0.1:${port}`
    const startedAt = performance.now()
    const reached = await Promise.all(
      [1, 2, 3].map(() => reachMailServer({ smtpUrl, mailFrom }, 200)),
    )
    expect(performance.now() - startedAt).toBeLessThan(2_000)
    expect(new Set(reached.map((outcome) => JSON.stringify(outcome)))).toEqual(
      new Set(['{"ok":false,"reason":"ETIMEDOUT"}']),
    )
    expect(sockets).toHaveLength(1)
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => slow.close(resolve))
  })

  test('is known when the desk was told of both, where and from whom', () => {
    const smtpUrl = 'smtp://127.0.0.1'
    expect(canMail({ smtpUrl, mailFrom })).toBe(true)
    expect(canMail({ smtpUrl: undefined, mailFrom })).toBe(false)
    expect(canMail({ smtpUrl, mailFrom: undefined })).toBe(false)
  })
})
