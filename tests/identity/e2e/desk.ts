import { connect } from '#src/db/connect.ts'
import { readUrl } from '#src/db/external.ts'
import { freshDatabase } from '../../cluster.ts'
import { deskSettings, make, type Program, startDesk } from '../../program.ts'

/** An MCP server that the desk knows: its address, which is its issuer, and its key. */
export type Registered = { url: string; key: string }

/** How servers are addressed: below the desk's own host, or at hosts of their own. */
export const forms = ['path', 'host'] as const
export type Form = (typeof forms)[number]

/** RFC 6761 6.3: every name below `localhost` is this machine, for browsers and for Bun. */
const hosts: Record<Form, string> = { path: 'localhost', host: 'desk.localhost' }

type Given = { form?: Form; environment?: Record<string, string>; program?: Program }

/** A running desk that signs in the end-users of two servers of one company, and its database. */
export async function startPlatform({ form = 'path', environment = {}, program }: Given = {}) {
  const database = await freshDatabase()
  const settings = deskSettings({
    DATABASE_URL: database.url,
    MCP_OBS_APP_ROLE: database.appRole,
    MCP_OBS_SECRET_KEY: 'of the tests of the issuer, and of nothing else',
    MCP_OBS_CLIENT_METADATA: 'off',
    ...environment,
  })
  settings.MCP_OBS_BASE_URL = settings.MCP_OBS_BASE_URL.replace('localhost', hosts[form])
  const desk = await startDesk(settings, program)
  // A desk has its login start as a role that sees no row by itself.
  const { login } = readUrl(database.url)
  const owner = connect({ ...login, connection: { role: 'none' } }, { max: 2 })
  await make(['organization', 'create', '--name', 'Northwind'], settings, '', program)
  const server = (slug: string) =>
    make<Registered>(
      [
        ...['server', 'create', '--organization', 'northwind', '--slug', slug],
        ...['--name', `The ${slug} server`, '--auth', 'platform', '--support'],
      ],
      settings,
      '',
      program,
    )
  return {
    origin: desk.origin,
    settings,
    database,
    /** Past the walls: for what a test plants and what it looks up. */
    owner,
    docuapi: await server('docuapi'),
    billing: await server('billing'),
    async stop() {
      const code = await desk.stop()
      await Promise.all([owner.end({ timeout: 5 }), database.close()])
      return code
    },
  }
}

export type Platform = Awaited<ReturnType<typeof startPlatform>>
