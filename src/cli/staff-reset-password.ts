import { z } from 'zod'
import { emailField, parseForm, passwordField } from '#src/staff/forms.ts'
import { resetByOperator } from '#src/staff/password/resetting.ts'
import { type Command, textOf } from './command.ts'
import { withDatabase } from './with-database.ts'

const account = z.object({ email: emailField, password: passwordField })

/** Prints `{"email"}`. The password comes in on standard input, as for `staff create`. */
export const staffResetPassword: Command = {
  name: 'staff reset-password',
  summary: 'Give someone a new password, and sign them out everywhere.',
  usage: '--email E --password-stdin [--json]',
  options: { email: { type: 'string' }, 'password-stdin': { type: 'boolean' } },
  required: ['email', 'password-stdin'],
  run: async (config, values) => {
    const password = (await Bun.stdin.text()).replace(/\r?\n$/, '')
    const given = parseForm(account, { email: textOf(values, 'email'), password })
    if (!given.ok) {
      const { email, password = '' } = given.problems
      return { ok: false, problem: email ? 'The --email is not an e-mail address.' : password }
    }
    const { data } = given
    return withDatabase(config, async (database) =>
      (await resetByOperator(database, data.email, data.password))
        ? { ok: true, made: { email: data.email } }
        : { ok: false, problem: `There is no account ${data.email}.` },
    )
  },
}
