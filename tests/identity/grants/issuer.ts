import { scopeTo } from '#src/db/scope.ts'
import { newId, newSecret, sha256 } from '#src/lib/ids.ts'
import { createServer } from '#src/servers/creating.ts'
import { serverAddress } from '#src/web/host.ts'
import {
  type Ask,
  jsonOf,
  makeWorld,
  type TestOrganization,
  type TestServer,
  type World,
} from '../../world.ts'

export type TestClient = { id: string; secret?: string }
export type Person = { id: string; cookie: string }
export type Issued = { code: string; verifier: string }
export type Tokens = {
  access_token: string
  refresh_token: string
  token_type: string
  expires_in: number
  scope: string
}
export type Refusal = { error: string; error_description: string }

export const redirectUri = 'https://client.example/back'
export const loopbackUri = 'http://127.0.0.1/back'
export const resource = 'https://vault.example/mcp'

type Fields = Record<string, string | string[]>

/** A form or query, with a field several times where it has several values. */
const fieldsOf = (fields: Fields): URLSearchParams =>
  new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, one]),
    ),
  )

/** What a client and its end-user do at the issuer of one server. */
export async function issuerAt(world: World, server: TestServer) {
  const { owner } = world.database
  const url = serverAddress(server.slug, world.desk.config.baseUrl)
  const { host, pathname } = new URL(url)
  const path = pathname.replace(/\/$/, '')
  const [row] = await owner`
    select id, organization_id from mcp_server where slug = ${server.slug}`
  const [organization, id] = [String(row?.organization_id), String(row?.id)]
  const ask = (page: string, options: Ask = {}) => world.ask(`${path}${page}`, { host, ...options })
  const post = (page: string, fields: Fields, options: Ask = {}) =>
    ask(page, {
      raw: { body: `${fieldsOf(fields)}`, type: 'application/x-www-form-urlencoded' },
      ...options,
    })

  /** A client of its own, as registration would store it. */
  const client = async (
    given: { name?: string; id?: string; uris?: string[]; grants?: string[]; secret?: string } = {},
  ): Promise<TestClient> => {
    const { name = 'Night owl', uris = [redirectUri, loopbackUri], secret } = given
    const { grants = ['authorization_code', 'refresh_token'] } = given
    const clientId = given.id ?? `c_${newSecret()}`
    // What is known by a document need not be read again for a while.
    const freshUntil = clientId.startsWith('https:') ? new Date(Date.now() + 3_600_000) : null
    const hash = secret === undefined ? null : sha256(secret)
    await owner`
      insert into oauth_client values (${organization}, ${id}, ${clientId}, ${name}, string_to_array(${uris.join(' ')}, ' '),
        string_to_array(${grants.join(' ')}, ' '), ${secret ? 'client_secret_post' : 'none'}, ${hash}, ${freshUntil}, now(), null)`
    return { id: clientId, ...(secret !== undefined && { secret }) }
  }

  /** Somebody who is signed in in a browser. */
  const person = async (email = `${newId()}@fjord.example`): Promise<Person> => {
    const endUserId = newId()
    const value = newSecret()
    await owner`insert into end_user values
      (${organization}, ${id}, ${endUserId}, ${email}, null, 'Ana Lindqvist', null, now())`
    await owner`insert into end_user_session values (${organization}, ${id}, ${newId()},
      ${sha256(value)}, ${endUserId}, 'Test', now(), now() + interval '29 days')`
    const isHost = world.desk.config.baseUrl.protocol === 'https:' && path === ''
    return { id: endUserId, cookie: `${isHost ? '__Host-' : ''}mcp_obs_user=${value}` }
  }

  const request = (of: TestClient, verifier: string, change: Fields = {}) =>
    `${fieldsOf({
      response_type: 'code',
      client_id: of.id,
      redirect_uri: redirectUri,
      state: 'st-1',
      resource,
      code_challenge: sha256(verifier).toString('base64url'),
      code_challenge_method: 'S256',
      ...change,
    })}`

  const consent = (by: Person, asked: string, fields: Fields = {}, options: Ask = {}) =>
    post(
      '/consent',
      { request: asked, decision: 'allow', person: by.id, ...fields },
      { cookie: by.cookie, ...options },
    )

  const code = async (of: TestClient, by: Person, change: Fields = {}): Promise<Issued> => {
    const verifier = newSecret()
    const answer = await consent(by, request(of, verifier, change))
    const location = answer.headers.get('location') ?? ''
    const issued = URL.parse(location)?.searchParams.get('code')
    if (!issued) throw new Error(`no code: ${answer.status} ${location}`)
    return { code: issued, verifier }
  }

  const own = (of: TestClient): Fields => ({
    client_id: of.id,
    ...(of.secret !== undefined && { client_secret: of.secret }),
  })

  const redeem = (of: TestClient, { code, verifier }: Issued, change: Fields = {}) =>
    post('/token', {
      grant_type: 'authorization_code',
      ...own(of),
      code,
      code_verifier: verifier,
      redirect_uri: redirectUri,
      ...change,
    })

  const refresh = (of: TestClient, token: string, change: Fields = {}) =>
    post('/token', {
      grant_type: 'refresh_token',
      ...own(of),
      refresh_token: token,
      ...change,
    })

  const tokens = async (of: TestClient, by: Person): Promise<Tokens> =>
    jsonOf<Tokens>(await redeem(of, await code(of, by)))

  return {
    ...{ url, path, id, organization, server, scope: scopeTo(world.database, organization) },
    ...{ ask, post, client, person, request, consent, code, redeem, refresh, tokens },
    revoke: (of: TestClient, token: string) => post('/revoke', { ...own(of), token }),
    introspect: async (token: string, key = server.key) =>
      jsonOf<Record<string, unknown>>(await post('/introspect', { token }, { key })),
    /** Whether the grant of a token is alive, as the database has it. */
    isAlive: async (accessToken: string): Promise<boolean> => {
      const [grant] = await owner`
        select revoked_at from oauth_grant where id = ${String(claimsOf(accessToken).sid)}`
      return grant?.revoked_at === null
    },
  }
}

export type TestIssuer = Awaited<ReturnType<typeof issuerAt>>

export const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())

/** What a refusal of the token endpoint says. */
export const errorOf = async (response: Response) => {
  const { error } = await jsonOf<Refusal>(response)
  return { status: response.status, error }
}

export const invalidGrant = { status: 400, error: 'invalid_grant' }

/** A world with issuers: two of one organization, one of the other, whose servers share a name. */
export async function makeIssuers(environment: Record<string, string> = {}) {
  const world = await makeWorld({ MCP_OBS_CLIENT_METADATA: 'on', ...environment })
  const { northwind, southwind } = world
  return {
    world,
    issuer: await issuerAt(world, northwind.servers.platform),
    neighbour: await issuerAt(world, await anotherServer(northwind)),
    stranger: await issuerAt(world, southwind.servers.platform),
    /** Refusals are counted by network, and all tests have the same. */
    forgetAttempts: async () => {
      await world.database.owner`delete from attempt_bucket`
    },
  }
}

async function anotherServer({ scope, slug }: TestOrganization): Promise<TestServer> {
  const made = await createServer(scope, {
    slug: `safe-${slug}`,
    name: 'DocuAPI',
    auth: 'platform',
    support: true,
    context: 'recent',
  })
  if (!made.ok) throw new Error(made.problem)
  return { slug: made.slug, key: made.key, auth: 'platform' }
}
