import { z } from 'zod'
import { createServer } from '#src/servers/creating.ts'
import { defaultContext } from '#src/servers/defaults.ts'
import { serverAddress } from '#src/web/host.ts'
import { type Command, nameProblem, textOf } from './command.ts'
import { withOrganization } from './with-database.ts'

const auth = z.enum(['none', 'platform', 'external'])
const level = z.enum(['off', 'call', 'recent'])
const issuer = z.url({ protocol: /^https?$/ }).optional()

/** Prints `{"slug","url","key"}`. The key can't be read again. */
export const serverCreate: Command = {
  name: 'server create',
  summary: 'Make an MCP server and its key.',
  usage:
    '--organization SLUG --slug SLUG --name NAME --auth none|platform|external [--issuer URL --audience A] [--support] [--context off|call|recent] [--json]',
  options: {
    organization: { type: 'string' },
    slug: { type: 'string' },
    name: { type: 'string' },
    auth: { type: 'string' },
    issuer: { type: 'string' },
    audience: { type: 'string' },
    support: { type: 'boolean' },
    context: { type: 'string', default: defaultContext },
  },
  required: ['organization', 'slug', 'name', 'auth'],
  run: async (config, values) => {
    const mode = auth.safeParse(values.auth)
    if (!mode.success) return { ok: false, problem: 'The --auth is none, platform or external.' }
    const context = level.safeParse(values.context)
    if (!context.success) return { ok: false, problem: 'The --context is off, call or recent.' }
    const issuedBy = issuer.safeParse(textOf(values, 'issuer') || undefined)
    if (!issuedBy.success) return { ok: false, problem: 'The --issuer is a URL.' }
    const name = textOf(values, 'name')
    const problem = nameProblem(name)
    if (problem) return { ok: false, problem }
    return withOrganization(config, textOf(values, 'organization'), async (_, { scope }) => {
      const created = await createServer(scope, {
        slug: textOf(values, 'slug'),
        name,
        auth: mode.data,
        issuer: issuedBy.data,
        audience: textOf(values, 'audience') || undefined,
        support: values.support === true,
        context: context.data,
      })
      if (!created.ok) return created
      const { slug, key } = created
      return { ok: true, made: { slug, url: serverAddress(slug, config.baseUrl), key } }
    })
  },
}
