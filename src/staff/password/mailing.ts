import { sendMail } from '#src/mail/sending.ts'
import type { Desk } from '#src/web/route.ts'
import { requestReset } from './requesting.ts'

/**
 * Mails a link for a new password, if there is an account with this e-mail. Nobody waits for it:
 * the time an answer takes would tell whether there is one.
 */
export async function mailReset({ config, database, log }: Desk, email: string): Promise<void> {
  const request = await requestReset(database, email)
  if (!request) return
  const { origin, host } = config.baseUrl
  const sent = await sendMail(config, {
    to: request.email,
    subject: `A new password for the support desk at ${host}`,
    text: textOf(`${origin}/password/${request.token}`, host),
  })
  if (!sent.ok) log('error', 'mail was not sent', { reason: sent.reason })
}

const textOf = (
  link: string,
  host: string,
) => `Somebody asked for a new password for your account at ${host}.

Choose one here, within an hour:
${link}

The link works once. If it was not you, ignore this mail: your password stays as it is.
`
