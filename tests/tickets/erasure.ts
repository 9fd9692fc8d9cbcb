import { later } from '../later.ts'
import { reporter, type TestOrganization, type World } from '../world.ts'

export const people = () => ({ ...reporter, subject: `u-${crypto.randomUUID()}` })

const calls = [
  {
    tool: 'search_docs',
    at: '2026-11-22T10:00:00Z',
    outcome: 'error',
    arguments: { of: 'Ana Lindqvist' },
    error: 'no access for Ana',
  },
]
export const context = {
  calls,
  client: { name: 'Claude Desktop', version: '1.4.2' },
  sessionId: 's-of-ana',
}

/** What an erased ticket holds of its reporter. */
export const nobody = {
  reporter_proof: 'erased',
  user_name: null,
  user_email: null,
  mcp_user_issuer: null,
  mcp_user_id: null,
  session_id: null,
  reporter_hash: null,
}

/** Files tickets in northwind, erases their reporters as its owner, and looks at what is left. */
export function erasing(world: () => World, cookie: () => string) {
  const path = (number: number) => `/northwind/tickets/${number}/erasure`
  const raiseAgain = (who: typeof reporter) =>
    world().file(world().northwind.servers.external, {
      reporter: who,
      context,
      description: 'Ana Lindqvist can’t search.',
    })
  return {
    path,

    /** The same once more, in the ticket that has it. */
    raiseAgain,

    /** A ticket of its own each time. */
    async fileBy(who: typeof reporter) {
      await later(world())
      return raiseAgain(who)
    },

    erase: (number: number, { words = '' } = {}) =>
      world().ask(path(number), { cookie: cookie(), form: { words } }),

    page: async (number: number, query = '') =>
      (await world().ask(`${path(number)}${query}`, { cookie: cookie() })).text(),

    /** Everything that is stored of a ticket. */
    async stored(number: number, from = world().northwind) {
      const [row] = await world().database.owner`
        select t.*, c.context_data,
               (select coalesce(jsonb_agg(to_jsonb(e) order by e.id), '[]') from ticket_event e
                 where e.organization_id = t.organization_id and e.ticket_id = t.id) as events,
               (select coalesce(jsonb_agg(to_jsonb(o) order by o.id), '[]') from ticket_occurrence o
                 where o.organization_id = t.organization_id and o.ticket_id = t.id) as again
          from support_ticket t
          left join ticket_context c on c.organization_id = t.organization_id and c.ticket_id = t.id
         where t.organization_id = ${from.scope.organizationId} and t.number = ${number}`
      return row ?? {}
    },

    /** All rows of an organization that an erasure could touch, by table. */
    async rowsOf({ scope }: TestOrganization) {
      const tables = [
        'support_ticket',
        'ticket_context',
        'ticket_occurrence',
        'ticket_event',
        'cause',
        'rate_bucket',
      ]
      return Promise.all(
        tables.map((table) =>
          world().database.owner.unsafe(
            `select to_jsonb(t) as row from ${table} t where organization_id = $1 order by 1`,
            [scope.organizationId],
          ),
        ),
      )
    },
  }
}
