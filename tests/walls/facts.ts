import { newId, newSecret, sha256 } from '#src/lib/ids.ts'
import { createServer } from '#src/servers/creating.ts'
import { listKeys } from '#src/servers/keys.ts'
import { findServer } from '#src/servers/queries.ts'
import { changeStatus } from '#src/tickets/changing.ts'
import { plantBrowser } from '../identity/people/planting.ts'
import { type PlantedEndUser, plantEndUser } from '../servers/end-users.ts'
import { reporter, type TestOrganization, type TestServer, type World } from '../world.ts'

/** Whom and what a request is about: it names these ids, whoever sends it. */
export type Facts = {
  organization: TestOrganization
  server: TestServer
  /** Another server of the organization, that nobody uses: it may be changed and deleted. */
  extra: { slug: string; name: string; keyId: string }
  number: number
  /** Another ticket of the same server. */
  other: number
  /** Something staff changed on it. */
  change: string
  /** A member who is no owner. */
  colleague: string
  invitation: { id: string; token: string }
  /** Of the organization's platform server. */
  endUser: PlantedEndUser
  /** Of another browser of theirs. */
  endUserCookie: string
  /** A session of the organization's staff, by its id in addresses. */
  session: string
  /** Token of a link for a new password of the organization's staff. */
  reset: string
}

/** A new ticket of an organization, with its server, and a new row of all that can be named. */
export async function factsAbout(world: World, organization: TestOrganization): Promise<Facts> {
  const { owner } = world.database
  const server = organization.servers.external
  const { organizationId } = organization.scope
  const colleague = newId()
  // The walk files more tickets than one key, and of one person, are let through.
  await owner`delete from rate_bucket`
  await owner`update mcp_server set check_tool_enabled = true where slug = ${server.slug}`
  const other = await otherTicket(world, organization)
  const number = await world.file(server, {
    reporter: { ...reporter, subject: colleague },
    context: { calls: [] },
  })
  await plantCause(world, organization, number)
  const changed = await changeStatus(organization.scope, {
    number,
    status: 'in_progress',
    staffId: organization.staff.id,
  })
  if (!changed.ok || !changed.changeId) throw new Error('no change')
  await owner`insert into staff values
    (${colleague}, ${`${colleague}@${organization.slug}.example`}, 'Sam', 'none', now())`
  await owner`insert into membership values (${colleague}, ${organizationId}, 'member')`
  const invitation = { id: newId(), token: newSecret() }
  await owner`insert into invitation values (${invitation.id}, ${sha256(invitation.token)},
    ${organizationId}, 'member', ${organization.staff.id}, now(), now() + interval '1 day')`
  const { id: session } = await plantSession(world, organization.staff.id)
  const reset = newSecret()
  await owner`insert into password_reset values
    (${sha256(reset)}, ${organization.staff.id}, now() + interval '1 hour')`
  const extra = await plantServer(organization)
  const change = changed.changeId
  const endUser = await plantEndUser(world, organization)
  const endUserCookie = await plantBrowser(world, organization, endUser)
  const people = { colleague, endUser, endUserCookie }
  return {
    organization,
    server,
    extra,
    number,
    other,
    change,
    invitation,
    session,
    reset,
    ...people,
  }
}

/** A cause that the ticket is the first of, with an answer and a history. */
export async function plantCause(
  { database: { owner } }: World,
  { scope: { organizationId }, staff }: TestOrganization,
  number: number,
) {
  await owner`insert into cause (organization_id, number, mcp_server_id, fingerprint, tool, pattern, created_at)
    select organization_id, number, mcp_server_id, ${sha256(String(number))}, 'search', 'Not found', created_at
      from support_ticket where organization_id = ${organizationId} and number = ${number}`
  await owner`update support_ticket set cause = number, failed_error = '404 Not found: no page x'
    where organization_id = ${organizationId} and number = ${number}`
  await owner`insert into cause_answer values
    (${organizationId}, ${number}, 1, 'Sign in again.', null, ${staff.id}, now())`
  await owner`insert into cause_event values
    (${organizationId}, ${number}, ${newId()}, 'reopened', null, ${String(number)}, null, now())`
}

const otherTickets = new WeakMap<TestOrganization, Promise<number>>()

/** One for all of them: nothing is done to it. */
function otherTicket(world: World, organization: TestOrganization): Promise<number> {
  const { external } = organization.servers
  const other = { reporter: { ...reporter, subject: 'u-other' } }
  const filed = otherTickets.get(organization) ?? world.file(external, other)
  otherTickets.set(organization, filed)
  return filed
}

/** A server of its own, with one key. Nobody answers as its issuer, at once. */
async function plantServer({ scope }: TestOrganization) {
  const name = 'DocuAPI'
  const slug = `extra-${newId().slice(-12)}`
  const made = await createServer(scope, {
    name,
    slug,
    auth: 'external',
    issuer: 'https://127.0.0.1:9',
    audience: 'https://docuapi.example.com/mcp',
    support: true,
    context: 'off',
  })
  const server = await findServer(scope, slug)
  const [key] = server ? await listKeys(scope, server.id) : []
  if (!made.ok || !key) throw new Error('no server')
  return { slug, name, keyId: key.id }
}

/** A session as signing in makes it, for those who can't or would be slowed. */
export async function plantSession(world: World, staffId: string) {
  const value = newSecret()
    .replace(/[^a-z0-9]/gi, 'x')
    .toLowerCase()
    .slice(0, 40)
  const id = sha256(value).toString('hex')
  await world.database.owner`insert into session values
    (${id}, ${staffId}, 'Test', now(), now() + interval '29 days')`
  return { id, cookie: `mcp_obs_session=${value}` }
}
