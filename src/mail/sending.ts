import { createTransport } from 'nodemailer'
import type { Config } from '#src/config.ts'

type Settings = Pick<Config, 'smtpUrl' | 'mailFrom'>
export type Mail = { to: string; subject: string; text: string }

/** Why a mail could not be handed over: nodemailer's code, which names nobody. */
export type Handed = { ok: true } | { ok: false; reason: string }

/** How long the mail server may take for a step of sending, and for all of being reached. */
const answerWithinMs = 10_000

/** Whether the desk was told how to send mail. */
export const canMail = ({ smtpUrl, mailFrom }: Settings): boolean => Boolean(smtpUrl && mailFrom)

const reaching = new Map<string, Promise<Handed>>()

/**
 * Whether the mail server would take a mail now: connects and signs in, without sending one. All
 * who ask at once share one connection.
 */
export function reachMailServer(settings: Settings, withinMs = answerWithinMs): Promise<Handed> {
  const url = settings.smtpUrl ?? ''
  const underWay = reaching.get(url)
  if (underWay) return underWay
  const reached = reachWithin(settings, withinMs).finally(() => reaching.delete(url))
  reaching.set(url, reached)
  return reached
}

function reachWithin(settings: Settings, withinMs: number): Promise<Handed> {
  const late = Promise.withResolvers<Handed>()
  const timer = setTimeout(() => late.resolve({ ok: false, reason: 'ETIMEDOUT' }), withinMs)
  const reached = outcomeOf(transportOf(settings).verify())
  return Promise.race([reached, late.promise]).finally(() => clearTimeout(timer))
}

/**
 * Hands a mail in plain text to the mail server. Recipients are one address each, given as such
 * and never read out of a list, and a line break in a header is refused.
 */
export async function sendMail(settings: Settings, { to, subject, text }: Mail): Promise<Handed> {
  if (/[\r\n\0,<>]/.test(to) || /[\r\n\0]/.test(subject))
    throw new TypeError('a header of a mail is one line')
  const from = settings.mailFrom ?? ''
  return outcomeOf(
    transportOf(settings).sendMail({
      from: { name: 'Support desk', address: from },
      to: { name: '', address: to },
      envelope: { from, to },
      subject,
      text,
      disableFileAccess: true,
      disableUrlAccess: true,
    }),
  )
}

function transportOf({ smtpUrl }: Settings) {
  if (!smtpUrl) throw new Error('MCP_OBS_SMTP_URL is not set')
  return createTransport({
    url: smtpUrl,
    connectionTimeout: answerWithinMs,
    greetingTimeout: answerWithinMs,
    socketTimeout: answerWithinMs,
    dnsTimeout: answerWithinMs,
  })
}

const outcomeOf = (sending: Promise<unknown>): Promise<Handed> =>
  sending.then(
    () => ({ ok: true }),
    (error: { code?: string; responseCode?: number }) => ({
      ok: false,
      reason: [error.code ?? 'failed', error.responseCode].filter(Boolean).join(' '),
    }),
  )
