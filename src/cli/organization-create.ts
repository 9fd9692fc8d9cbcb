import { createOrganization } from '#src/organizations/creating.ts'
import { type Command, nameProblem, textOf } from './command.ts'
import { withDatabase } from './with-database.ts'

/** Prints `{"id","slug","name"}`. */
export const organizationCreate: Command = {
  name: 'organization create',
  summary: 'Make an organization.',
  usage: '--name NAME [--slug SLUG] [--json]',
  options: { name: { type: 'string' }, slug: { type: 'string' } },
  required: ['name'],
  run: async (config, values) => {
    const slug = textOf(values, 'slug')
    const name = textOf(values, 'name')
    const problem = nameProblem(name)
    if (problem) return { ok: false, problem }
    return withDatabase(config, async (database) => {
      const created = await createOrganization(database, { name, ...(slug && { slug }) })
      if (created.ok) return { ok: true, made: created.organization }
      return slug ? created : { ok: false, problem: `${created.problem} Give one with --slug.` }
    })
  },
}
