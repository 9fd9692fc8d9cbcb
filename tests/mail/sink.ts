import { createServer, type Socket } from 'node:net'

export type Received = { from: string; to: string[]; data: string }

/** What the server says instead of yes, by the first word of a command. */
type Refusals = { [verb in 'EHLO' | 'HELO' | 'MAIL' | 'RCPT' | 'DATA' | 'AUTH']?: string }

/** A mail server that takes every mail and passes none on. */
export type Sink = {
  url: string
  mails: Received[]
  /** Everything that clients said, line by line, without what is in mails. */
  commands: string[]
  refusals: Refusals
  /** Waits until `count` mails are there. */
  got(count: number): Promise<Received[]>
  stop(): Promise<void>
}

/** Serves SMTP (RFC 5321) on a free port: the commands a client needs, and no more. */
export async function startSink(credentials = ''): Promise<Sink> {
  const mails: Received[] = []
  const commands: string[] = []
  const refusals: Refusals = {}
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    converse(socket, { mails, commands, refusals })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return {
    url: `smtp://${credentials && `${credentials}@`}127.0.0.1:${port}`,
    mails,
    commands,
    refusals,
    async got(count) {
      for (let tries = 0; tries < 200 && mails.length < count; tries++) await Bun.sleep(10)
      return mails
    },
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function converse(
  socket: Socket,
  { mails, commands, refusals }: Omit<Sink, 'url' | 'got' | 'stop'>,
) {
  let buffer = ''
  let mail: Received = { from: '', to: [], data: '' }
  let inData = false
  const say = (line: string) => socket.write(`${line}\r\n`)
  const answers: Record<string, (line: string) => string> = {
    EHLO: () => '250-sink\r\n250-AUTH PLAIN\r\n250 8BITMIME',
    HELO: () => '250 sink',
    AUTH: () => '235 welcome',
    MAIL: (line) => {
      mail = { from: line, to: [], data: '' }
      return '250 ok'
    },
    RCPT: (line) => {
      mail.to.push(line)
      return '250 ok'
    },
    DATA: () => '354 go on',
    QUIT: () => '221 bye',
  }
  say('220 sink')
  socket.on('data', (chunk) => {
    buffer += chunk.toString('utf8')
    for (;;) {
      const end = inData ? buffer.indexOf('\r\n.\r\n') : buffer.indexOf('\r\n')
      if (end < 0) return
      const text = buffer.slice(0, end)
      buffer = buffer.slice(end + (inData ? 5 : 2))
      if (inData) {
        mails.push({ ...mail, data: text.replaceAll('\r\n..', '\r\n.') })
        inData = false
        say('250 taken')
        continue
      }
      commands.push(text)
      const verb = text.split(' ')[0]?.toUpperCase() ?? ''
      const refusal = refusals[verb as keyof Refusals]
      if (verb === 'DATA' && !refusal) inData = true
      say(refusal ?? answers[verb]?.(text) ?? '502 unknown')
    }
  })
}

/** The text of a mail, as its reader sees it: soft line breaks undone. */
export function bodyOf({ data }: Received): string {
  const [head = '', ...parts] = data.split('\r\n\r\n')
  const body = parts.join('\r\n\r\n')
  if (/^content-transfer-encoding: base64/im.test(head))
    return Buffer.from(body, 'base64').toString()
  if (!/^content-transfer-encoding: quoted-printable/im.test(head)) return body
  return body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
}

export const headersOf = ({ data }: Received): string[] =>
  (data.split('\r\n\r\n')[0] ?? '').replace(/\r\n[ \t]+/g, ' ').split('\r\n')
