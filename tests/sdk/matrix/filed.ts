import type { AuthMode } from '#sdk/contract.ts'
import { createServer } from '#src/servers/creating.ts'
import { listen } from '../../web/listening.ts'
import { issuer, makeWorld } from '../../world.ts'
import type { Given } from './cell.ts'

/** A desk on a real Postgres, and what it has in its database. */
export type Tracker = {
  /** Two servers of a run's own at the desk, one for each way of sign-in. */
  given(run: string): Promise<Pick<Given, 'run' | 'issuer' | 'none' | 'external'>>
  filed(title: string): Promise<{ title: string; reporter: object; reference: string }>
  /** The titles of all tickets of a run. */
  titles(run: string): Promise<string[]>
  close(): Promise<void>
}

export async function openTracker(): Promise<Tracker> {
  const world = await makeWorld()
  const { origin, stop } = await listen(world.desk)
  const { owner } = world.database
  const { scope } = world.northwind

  const make = async (run: string, auth: AuthMode) => {
    const slug = slugOf(`${run} ${auth}`)
    const claims = auth === 'external' && { issuer, audience: 'https://docuapi.example.com/mcp' }
    const settings = {
      slug,
      name: 'DocuAPI',
      auth,
      support: true,
      context: 'recent' as const,
      check: true,
    }
    const made = await createServer(scope, { ...settings, ...claims })
    if (!made.ok) throw new Error(made.problem)
    return { url: `${origin}/s/${slug}`, key: made.key }
  }

  return {
    given: async (run) => ({
      run,
      issuer,
      none: await make(run, 'none'),
      external: await make(run, 'external'),
    }),
    filed: async (title) => {
      const rows = await owner`
        select t.title, t.number, t.user_email, t.mcp_user_issuer, t.mcp_user_id, s.slug,
               c.context_data
          from support_ticket t
          join mcp_server s on s.organization_id = t.organization_id and s.id = t.mcp_server_id
          join ticket_context c on c.organization_id = t.organization_id and c.ticket_id = t.id
         where t.title = ${title}`
      const [row] = rows
      if (!row || rows.length > 1) throw new Error(`${rows.length} tickets: ${title}`)
      const reporter = {
        ...(row.mcp_user_id && { issuer: row.mcp_user_issuer, subject: row.mcp_user_id }),
        email: row.user_email,
      }
      const reference = `${row.slug.toUpperCase()}-${row.number}`
      return { title: row.title, reporter, reference, context: row.context_data }
    },
    titles: async (run) => {
      const rows = await owner`
        select title from support_ticket where starts_with(title, ${`${run}, `}) order by title`
      return rows.map(({ title }) => title).sort()
    },
    close: async () => {
      await stop()
      await world.close()
    },
  }
}

const slugOf = (text: string) => text.toLowerCase().replace(/\W+/g, '-')
