import { type SQL, sql } from 'drizzle-orm'
import { supportTicket as ticket } from '#src/db/schema.ts'

/** A cause's newest tickets, as far as the index of causes tells of them. */
export const newestOf = (organizationId: string, number: SQL, limit: number): SQL => sql`
  select ${ticket.number} as number, ${ticket.status} as status, ${ticket.createdAt} as created_at,
         ${ticket.reporterHash} as reporter_hash
    from ${ticket}
   where ${ticket.organizationId} = ${organizationId} and ${ticket.cause} = ${number}
   order by ${ticket.number} desc
   limit ${limit}::int`

/** Its first tickets, of which the first that is no spam is looked for. */
const firstMax = 100

/** When its first ticket arrived, in milliseconds; null where its first ones are all spam. */
export const firstSeenOf = (organizationId: string, number: SQL): SQL => sql`(
  select ${msOf(sql`min(f.created_at) filter (where f.status <> 'spam')`)}
    from (
      select ${ticket.status} as status, ${ticket.createdAt} as created_at
        from ${ticket}
       where ${ticket.organizationId} = ${organizationId} and ${ticket.cause} = ${number}
       order by ${ticket.number}
       limit ${firstMax}::int) f)`

/** A moment in milliseconds. */
export const msOf = (at: SQL): SQL => sql`(extract(epoch from ${at}) * 1000)::float8`
