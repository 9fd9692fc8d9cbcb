import { z } from 'zod'
import { createServer } from '#src/servers/creating.ts'
import { supportDefaults } from '#src/servers/defaults.ts'
import { serverAddress } from '#src/web/host.ts'
import { type Command, textOf } from './command.ts'
import { withOrganization } from './with-database.ts'

const auth = z.enum(['none', 'platform', 'external'])
const level = z.enum(['off', 'call', 'recent'])

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
    context: { type: 'string', default: supportDefaults.context },
  },
  required: ['organization', 'slug', 'name', 'auth'],
  run: async (config, values) => {
    const mode = auth.safeParse(values.auth)
    if (!mode.success) return { ok: false, problem: 'The --auth is none, platform or external.' }
    const context = level.safeParse(values.context)
    if (!context.success) return { ok: false, problem: 'The --context is off, call or recent.' }
    return withOrganization(config, textOf(values, 'organization'), async (_, { scope }) => {
      const created = await createServer(scope, {
        slug: textOf(values, 'slug'),
        name: textOf(values, 'name'),
        auth: mode.data,
        issuer: textOf(values, 'issuer') || undefined,
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
