import { createOrganization } from '#src/organizations/creating.ts'
import { type Command, textOf } from './command.ts'
import { withDatabase } from './with-database.ts'

/** Prints `{"id","slug","name"}`. */
export const organizationCreate: Command = {
  name: 'organization create',
  summary: 'Make an organization.',
  usage: '--name NAME [--slug SLUG] [--json]',
  options: { name: { type: 'string' }, slug: { type: 'string' } },
  required: ['name'],
  run: (config, values) =>
    withDatabase(config, async (database) => {
      const slug = textOf(values, 'slug')
      const name = textOf(values, 'name')
      const created = await createOrganization(database, { name, ...(slug && { slug }) })
      if (!created.ok) return created
      return { ok: true, made: created.organization }
    }),
}
