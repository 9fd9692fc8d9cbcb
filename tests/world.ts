import type { AuthMode, Receipt } from '#sdk/contract.ts'
import { createApp } from '#src/app.ts'
import { parseConfig } from '#src/config.ts'
import type { Scope } from '#src/db/scope.ts'
import { newId } from '#src/lib/ids.ts'
import { createOrganization } from '#src/organizations/creating.ts'
import { organizationBySlug } from '#src/organizations/queries.ts'
import { createServer } from '#src/servers/creating.ts'
import type { Desk } from '#src/web/route.ts'
import { freshDatabase, type TestDatabase } from './cluster.ts'

export const baseUrl = 'http://localhost:3000'
export const password = 'correct horse battery staple'
/** Of that, as the desk stores it: hashing it for each world takes most of the time to make one. */
const passwordHash =
  '$argon2id$v=19$m=19456,t=2,p=1$Bnz1iRMJVy1EG/aLfrox8XtKMiuh0qWfeIyLrJAt/fY$BJzOjsEGMvizk/9pf2Jto1Wz/8RAxvXXZFQ2MMjaAqo'
const secretKey = 'a secret key of the tests, of 32 or more characters'

/**
 * The world of the tests: two organizations that have everything in common that may be: names of
 * servers, e-mails and titles of tickets, ticket numbers. A look-up without its scope finds the
 * other one's row, and fails a test.
 */
export type World = {
  desk: Desk
  database: TestDatabase
  /** Sends a request to the desk, as a browser or a program would. */
  ask(path: string, options?: Ask): Promise<Response>
  /** The `Cookie` header of someone signed in; a new session each time. */
  signIn(email: string): Promise<string>
  /** Files a ticket through `POST /api/support` and returns its number. */
  file(server: TestServer, ticket?: Record<string, unknown>): Promise<number>
  northwind: TestOrganization
  southwind: TestOrganization
  close(): Promise<void>
}

export type TestOrganization = {
  slug: string
  scope: Scope
  /** Its owner, who belongs to it alone. */
  staff: { id: string; email: string }
  /**
   * `none` takes an e-mail, `external` claims, `platform` has the desk as its issuer, `quiet` has
   * support switched off.
   */
  servers: Record<'none' | 'external' | 'platform' | 'quiet', TestServer>
}

export type TestServer = { slug: string; key: string; auth: AuthMode }

type RawBody = string | Uint8Array<ArrayBuffer>

export type Ask = {
  method?: string
  host?: string
  cookie?: string
  key?: string
  form?: Record<string, string>
  json?: unknown
  /** A body as it is, with its Content-Type. */
  raw?: { body: RawBody; type: string }
  headers?: Record<string, string>
}

export const issuer = 'https://login.example.com'
export const reporter = {
  issuer,
  subject: 'u-1',
  email: 'ana@fjord.example',
  name: 'Ana Lindqvist',
}

/** A JSON answer, as what the test expects it to be. */
export const jsonOf = async <T = Record<string, unknown>>(response: Response): Promise<T> =>
  (await response.json()) as T

export async function makeWorld(environment: Record<string, string> = {}): Promise<World> {
  const database = await freshDatabase()
  const config = parseConfig({
    MCP_OBS_BASE_URL: baseUrl,
    MCP_OBS_SECRET_KEY: secretKey,
    // Nothing looks for the internet, unless a test says so.
    MCP_OBS_CLIENT_METADATA: 'off',
    ...environment,
  })
  if (!config.ok) throw new Error(config.problems.join())
  const desk: Desk = { config: config.config, database, log: () => {} }
  const app = createApp(desk)
  const { host: ownHost, origin } = config.config.baseUrl

  const ask: World['ask'] = (
    path,
    { method, host = ownHost, cookie, key, headers, ...sent } = {},
  ) => {
    const { body, type } = bodyOf(sent)
    return app.handle(
      new Request(new URL(path, origin.replace(ownHost, host)).href, {
        method: method ?? (body ? 'POST' : 'GET'),
        redirect: 'manual',
        headers: {
          host,
          ...(body ? { 'content-type': type, 'sec-fetch-site': 'same-origin' } : {}),
          ...(cookie ? { cookie } : {}),
          ...(key ? { authorization: `Bearer ${key}` } : {}),
          ...headers,
        },
        ...(body ? { body } : {}),
      }),
    )
  }

  const signIn: World['signIn'] = async (email) => {
    const response = await ask('/sign-in', { form: { email, password, next: '/' } })
    const cookie = response.headers.get('set-cookie')?.split(';')[0]
    if (response.status !== 303 || !cookie) throw new Error(`${email} could not sign in`)
    return cookie
  }

  const file: World['file'] = async (server, ticket = {}) => {
    const identity = server.auth === 'none' ? { email: reporter.email } : { reporter }
    const json = {
      title: 'Search fails',
      description: 'Every search ends in 403.',
      ...identity,
      ...ticket,
    }
    const response = await ask(`/s/${server.slug}/api/support`, { key: server.key, json })
    if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`)
    return Number((await jsonOf<Receipt>(response)).reference.split('-').at(-1))
  }

  return {
    desk,
    database,
    ask,
    signIn,
    file,
    northwind: await makeOrganization(database, 'northwind'),
    southwind: await makeOrganization(database, 'southwind'),
    close: () => database.close(),
  }
}

function bodyOf({ form, json, raw }: Ask): { body: RawBody | null; type: string } {
  if (raw) return raw
  if (form)
    return { body: `${new URLSearchParams(form)}`, type: 'application/x-www-form-urlencoded' }
  return { body: json === undefined ? null : JSON.stringify(json), type: 'application/json' }
}

async function makeOrganization(database: TestDatabase, slug: string): Promise<TestOrganization> {
  const created = await createOrganization(database, { name: 'Wind & Sons', slug })
  const found = await organizationBySlug(database, slug)
  if (!created.ok || !found) throw new Error('no organization')
  const email = `mira@${slug}.example`
  const staffId = newId()
  const { owner } = database
  await owner`insert into staff values (${staffId}, ${email}, 'Mira Okafor', ${passwordHash}, now())`
  await owner`insert into membership values (${staffId}, ${found.id}, 'owner')`
  const make = async (auth: AuthMode, server: string, support: boolean): Promise<TestServer> => {
    const made = await createServer(found.scope, {
      slug: `${server}-${slug}`,
      name: 'DocuAPI',
      auth,
      ...(auth === 'external' && { issuer, audience: 'https://docuapi.example.com/mcp' }),
      support,
      context: 'recent',
    })
    if (!made.ok) throw new Error(made.problem)
    return { slug: made.slug, key: made.key, auth }
  }
  return {
    slug,
    scope: found.scope,
    staff: { id: staffId, email },
    servers: {
      none: await make('none', 'docuapi', true),
      external: await make('external', 'billing', true),
      platform: await make('platform', 'vault', true),
      quiet: await make('none', 'quiet', false),
    },
  }
}
