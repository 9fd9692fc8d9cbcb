import type postgres from 'postgres'
import { storable } from '#src/lib/text.ts'
import { issuer, type TestOrganization, type World } from '../world.ts'

/**
 * Files a ticket with the same text in every field that intake takes from strangers, and has the
 * owner of the database plant it in those that intake would refuse.
 */
export async function plantTicket(world: World, from: TestOrganization, text: string) {
  const word = text.trim().slice(0, 200)
  const call = {
    tool: word,
    outcome: 'error',
    arguments: { [text]: text, list: [text, { [text]: [text] }] },
    error: `${text}\n${text}`,
  }
  const calls = [-60, -50, -40].map((seconds) => ({
    ...call,
    at: new Date(Date.now() + seconds * 1000).toISOString(),
  }))
  const number = await world.file(from.servers.external, {
    title: word,
    description: `${text}\n\n${text}`,
    reporter: { issuer, subject: word, name: word, email: 'ana@fjord.example' },
    context: {
      calls: [{ ...calls[0], outcome: 'ok', error: undefined }, ...calls.slice(1)],
      client: { name: word, version: word },
      server: { name: word, version: word },
      protocolVersion: word,
      transport: 'http',
      sessionId: word,
      sdkVersion: word,
    },
  })
  const { owner } = world.database
  const { organizationId } = from.scope
  const planted = storable(text)
  await owner`
    update support_ticket set category = ${planted}, user_email = ${planted},
           mcp_user_issuer = ${planted}, mcp_user_id = ${planted}
     where organization_id = ${organizationId} and number = ${number}`
  await addEvents(owner, organizationId, number, planted)
  await addNote(owner, organizationId, number, planted)
  await addCause(owner, organizationId, number, planted)
  await raiseAgain(owner, organizationId, number, planted)
  await mergeOneInto(owner, organizationId, number, planted)
  return number
}

/** A cause of its own with a text in all of it, also where only what was checked is written. */
async function addCause(owner: postgres.Sql, organizationId: string, number: number, text: string) {
  await owner`
    insert into cause (organization_id, number, mcp_server_id, fingerprint, tool, pattern, name, created_at)
    select organization_id, number, mcp_server_id, ${`planted ${number}`}, ${text}, ${text}, ${text}, now()
      from support_ticket where organization_id = ${organizationId} and number = ${number}
        on conflict (organization_id, number) do update set tool = ${text}, pattern = ${text}, name = ${text}`
  await owner`update support_ticket set cause = number, failed_error = ${text}, server_version = ${text}
    where organization_id = ${organizationId} and number = ${number}`
  const [by] =
    await owner`select staff_id from membership where organization_id = ${organizationId}`
  for (const version of [1, 2])
    await owner`insert into cause_answer values
      (${organizationId}, ${number}, ${version}, ${text}, ${text}, ${by?.staff_id}, now())`
  for (const action of ['renamed', 'answered', 'fixed', 'reopened'])
    await owner`insert into cause_event values
      (${organizationId}, ${number}, uuidv7(), ${action}, ${text}, ${text}, ${by?.staff_id}, now())`
}

/** A note with a text, as staff may paste it. */
const addNote = (
  owner: postgres.Sql,
  organizationId: string,
  number: number,
  text: string,
) => owner`
  with noted as (
    insert into ticket_event (organization_id, ticket_id, id, action, staff_id, created_at)
    select t.organization_id, t.id, uuidv7(), 'noted', m.staff_id, now()
      from support_ticket t join membership m using (organization_id)
     where t.organization_id = ${organizationId} and t.number = ${number}
    returning *)
  insert into ticket_note (organization_id, ticket_id, id, staff_id, body, created_at)
  select organization_id, ticket_id, id, staff_id, ${text}, created_at from noted`

/** The same once more, with another title and all that was captured. */
const raiseAgain = (
  owner: postgres.Sql,
  organizationId: string,
  number: number,
  text: string,
) => owner`
  with raised as (
    update support_ticket set occurrences = 2
     where organization_id = ${organizationId} and number = ${number}
    returning *)
  insert into ticket_occurrence (organization_id, ticket_id, id, mcp_server_id, title, description,
      context_data, idempotency_key, request_hash, raised_at, created_at)
  select t.organization_id, t.id, uuidv7(), t.mcp_server_id, ${`${text} again`}, ${text},
         c.context_data, ${crypto.randomUUID()}, t.request_hash, now(), now()
    from raised t join ticket_context c on c.organization_id = t.organization_id and c.ticket_id = t.id`

/** Another ticket, with a text as its title, that is a part of this one. */
const mergeOneInto = (
  owner: postgres.Sql,
  organizationId: string,
  number: number,
  text: string,
) => owner`
  insert into support_ticket (organization_id, id, number, mcp_server_id, title, description,
      category, reporter_proof, trail, status, merged_into, idempotency_key, request_hash, raised_at,
      created_at, updated_at)
  select organization_id, uuidv7(), ${number + 100_000}, mcp_server_id, left(${text}, 200),
         description, category, 'erased', '', 'closed', number, ${crypto.randomUUID()}, request_hash,
         raised_at, created_at, updated_at
    from support_ticket where organization_id = ${organizationId} and number = ${number}`

/** Events with a text where only our own words are ever written. */
const addEvents = (
  owner: postgres.Sql,
  organizationId: string,
  number: number,
  text: string,
) => owner`
  insert into ticket_event (organization_id, ticket_id, id, action, old_value, new_value, staff_id, created_at)
  select t.organization_id, t.id, uuidv7(), 'status_changed', ${text}, ${text}, m.staff_id, now()
    from support_ticket t join membership m using (organization_id)
   where t.organization_id = ${organizationId} and t.number = ${number}`

/** The same in the names of an organization, its servers and its staff. */
export async function plantNames(
  { database: { owner } }: World,
  from: TestOrganization,
  text: string,
) {
  const planted = storable(text)
  const { organizationId } = from.scope
  await owner`update organization set name = ${planted} where id = ${organizationId}`
  await owner`update mcp_server set name = ${planted}, support_tool_title = ${planted},
    support_tool_description = ${planted} where organization_id = ${organizationId}`
  await owner`update staff set name = ${planted} where id = ${from.staff.id}`
}
