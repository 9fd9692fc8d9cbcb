import { inScope } from '#src/db/scope.ts'
import { sendMail } from '#src/mail/sending.ts'
import type { Desk } from '#src/web/route.ts'
import type { Issuer } from '../../queries.ts'
import { findAccount } from '../queries.ts'
import { withRequest } from '../request.ts'
import type { Asked } from './codes.ts'

type Mailing = { asked: Asked; code: string; request: string }

/**
 * Mails a code, or that it opens nothing here. Nobody waits for it: the time an answer takes would
 * tell whether there is an account.
 */
export async function mailCode(
  { config, log }: Desk,
  issuer: Issuer,
  { asked, code, request }: Mailing,
): Promise<void> {
  const { email, name } = asked
  const account = await inScope(issuer.scope, (tx) => findAccount(tx, issuer, email))
  const signUp = new URL(withRequest(issuer, '/sign-up', request), issuer.url).href
  const text =
    account || name !== null
      ? codeText(issuer, code, hintOf(issuer, asked, account !== undefined))
      : noneText(issuer, signUp)
  const sent = await sendMail(config, { to: email, subject: `Sign in to ${plain(issuer)}`, text })
  if (!sent.ok) log('error', 'mail was not sent', { reason: sent.reason })
}

/** A header is one line, whatever the server is called. */
const plain = ({ name }: Issuer): string => name.replace(/\p{Cc}+/gu, ' ')

function hintOf(issuer: Issuer, { name, passwordHash }: Asked, isKnown: boolean): string {
  if (name !== null && isKnown)
    return `You have an account at ${plain(issuer)} already: the code signs you in to it.\n\n`
  return name === null && passwordHash !== null
    ? 'It sets the password you chose, and ends all that is signed in: browsers and apps.\n\n'
    : ''
}

const codeText = (issuer: Issuer, code: string, hint: string) =>
  `Your code for ${plain(issuer)}:

${code.slice(0, 4)} ${code.slice(4)}

Type it where you asked for it, within 10 minutes. It works once, in that browser only.

${hint}If it was not you, ignore this mail, and give the code to nobody who asks for it.

${issuer.url}/account
`

const noneText = (issuer: Issuer, signUp: string) =>
  `Somebody asked for a code to sign in to ${plain(issuer)} with this address. There is no account
with it.

If it was you, create one, or sign in with the address that you used before:
${signUp}

If it was not you, ignore this mail.
`
