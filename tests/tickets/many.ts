import { newId } from '#src/lib/ids.ts'
import { issuer, type TestOrganization, type World } from '../world.ts'

type Many = {
  from: TestOrganization
  tickets: number
  /** Which reporter a ticket has, as SQL of its number `n`. */
  subject: string
  proof?: 'vouched' | 'email'
  firstNumber?: number
}

/** Plants many tickets at once, each with a context and its event; every third is closed. */
export async function plantMany(world: World, many: Many): Promise<void> {
  const { from, tickets, subject, proof = 'vouched', firstNumber = 1 } = many
  const { owner } = world.database
  const server = proof === 'email' ? from.servers.none : from.servers.external
  const who =
    proof === 'email'
      ? `null, null, null, ${subject}`
      : `'${issuer}', ${subject}, 'Ana Lindqvist', 'ana@fjord.example'`
  const { organizationId } = from.scope
  const mark = newId()
  await owner.unsafe(`
    insert into support_ticket (organization_id, id, number, mcp_server_id, title, description,
        category, reporter_proof, mcp_user_issuer, mcp_user_id, user_name, user_email, session_id,
        user_agent, failed_tool, failed_error, trail, status, idempotency_key, request_hash,
        raised_at, created_at, updated_at)
    select '${organizationId}', uuidv7(), n, s.id, 'Ticket ' || n, 'Ana wrote this', 'Bug',
        '${proof}', ${who}, 's-' || n, 'Claude 1', 'search_docs', 'no Ana', 'x',
        (case when n % 3 = 0 then 'closed' else 'open' end)::ticket_status,
        '${mark} ' || n, '\\x00', now(), now(), now()
      from generate_series(${firstNumber}, ${firstNumber + tickets - 1}) n
      join mcp_server s on s.organization_id = '${organizationId}' and s.slug = '${server.slug}'`)
  await owner`
    insert into ticket_context
    select organization_id, id, '{"calls": [], "sessionId": "s-9"}' from support_ticket
     where organization_id = ${organizationId} and idempotency_key like ${`${mark} %`}`
  await owner`
    insert into ticket_event (organization_id, ticket_id, id, action, created_at)
    select organization_id, id, uuidv7(), 'filed', now() from support_ticket
     where organization_id = ${organizationId} and idempotency_key like ${`${mark} %`}`
  await owner`
    insert into organization_counter values (${organizationId}, ${firstNumber + tickets})
    on conflict (organization_id) do update set ticket_number = excluded.ticket_number`
}
