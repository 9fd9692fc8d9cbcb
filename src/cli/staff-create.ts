import { z } from 'zod'
import { createStaff } from '#src/staff/creating.ts'
import { type Command, nameProblem, textOf } from './command.ts'
import { withOrganization } from './with-database.ts'

/** Prints `{"id","email"}`. The password comes in on standard input, so that no list of processes shows it. */
export const staffCreate: Command = {
  name: 'staff create',
  summary: 'Make a staff account in an organization; the first one becomes its owner.',
  usage: '--organization SLUG --email E --name NAME --password-stdin [--json]',
  options: {
    organization: { type: 'string' },
    email: { type: 'string' },
    name: { type: 'string' },
    'password-stdin': { type: 'boolean' },
  },
  required: ['organization', 'email', 'name', 'password-stdin'],
  run: async (config, values) => {
    const email = z.email().max(254).safeParse(textOf(values, 'email'))
    if (!email.success) return { ok: false, problem: 'The --email is not an e-mail address.' }
    const name = textOf(values, 'name')
    const problem = nameProblem(name)
    if (problem) return { ok: false, problem }
    const password = (await Bun.stdin.text()).replace(/\r?\n$/, '')
    return withOrganization(config, textOf(values, 'organization'), async (database, { id }) => {
      const created = await createStaff(database, {
        organizationId: id,
        email: email.data,
        name,
        password,
      })
      if (!created.ok) return created
      return { ok: true, made: { id: created.id, email: created.email } }
    })
  },
}
