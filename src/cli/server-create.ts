import { z } from 'zod'
import { createDiscovery } from '#src/identity/discovering.ts'
import { createServer } from '#src/servers/creating.ts'
import { defaultContext } from '#src/servers/defaults.ts'
import { serverAddress } from '#src/web/host.ts'
import { type Command, nameProblem, textOf } from './command.ts'
import { withOrganization } from './with-database.ts'

const auth = z.enum(['none', 'platform', 'external'])
const level = z.enum(['off', 'call', 'recent'])
const issuer = z.url({ protocol: /^https?$/ }).optional()

/**
 * Prints `{"slug","url","key"}`. The key can't be read again. An issuer is asked for its keys first,
 * and refused where it has none, unless the script knows better: `--skip-discovery`. With auth
 * `platform` the printed url is the issuer, and `--audience` the one MCP server its tokens are for.
 */
export const serverCreate: Command = {
  name: 'server create',
  summary: 'Make an MCP server and its key.',
  usage:
    '--organization SLUG --slug SLUG --name NAME --auth none|platform|external [--issuer URL] [--audience A] [--email-claim C] [--name-claim C] [--skip-discovery] [--support] [--check] [--context off|call|recent] [--json]',
  options: {
    organization: { type: 'string' },
    slug: { type: 'string' },
    name: { type: 'string' },
    auth: { type: 'string' },
    issuer: { type: 'string' },
    audience: { type: 'string' },
    'email-claim': { type: 'string' },
    'name-claim': { type: 'string' },
    'skip-discovery': { type: 'boolean' },
    support: { type: 'boolean' },
    check: { type: 'boolean' },
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
    const audience = textOf(values, 'audience') || undefined
    const asked = values['skip-discovery'] !== true && audience ? issuedBy.data : undefined
    if (mode.data === 'external' && asked) {
      const answer = await createDiscovery().discover(asked, config.baseUrl)
      if (!answer.ok) return { ok: false, problem: notFound(answer.reason) }
    }
    return withOrganization(config, textOf(values, 'organization'), async (_, { scope }) => {
      const created = await createServer(scope, {
        slug: textOf(values, 'slug'),
        name,
        auth: mode.data,
        issuer: issuedBy.data,
        audience,
        emailClaim: textOf(values, 'email-claim') || undefined,
        nameClaim: textOf(values, 'name-claim') || undefined,
        support: values.support === true,
        check: values.check === true,
        context: context.data,
      })
      if (!created.ok) return created
      const { slug, key } = created
      return { ok: true, made: { slug, url: serverAddress(slug, config.baseUrl), key } }
    })
  },
}

const notFound = (reason: string) =>
  `The --issuer can't be used. ${reason} With --skip-discovery it is not asked.`
