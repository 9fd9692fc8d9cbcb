import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { authenticateClient } from '#src/identity/clients/authenticating.ts'
import type { AuthMethod, Client } from '#src/identity/clients/client.ts'
import { type Registered, registerClient } from '#src/identity/clients/registering.ts'
import { oauthResponse } from '#src/web/oauth.ts'
import { toProblem } from '#src/web/problem.ts'
import { makeWorld, type World } from '../../world.ts'
import { type Issuer, issuerOf } from '../issuers.ts'
import { neighbourOf } from './neighbour.ts'

let world: World
let issuer: Issuer
let elsewhere: Issuer
let made: Record<AuthMethod, Registered & { secret: string }>
let foreign: Registered & { secret: string }
let neighbour: Registered & { secret: string }

const register = async (at: Issuer, authMethod: AuthMethod) => {
  const redirectUris = ['http://127.0.0.1/cb']
  const said = { name: 'Owl', redirectUris, grantTypes: ['authorization_code'], authMethod }
  const registered = await registerClient(at, said, new Date())
  return { ...registered, secret: registered.secret ?? '' }
}

beforeAll(async () => {
  world = await makeWorld({ MCP_OBS_CLIENT_METADATA: 'off' })
  issuer = await issuerOf(world.desk, world.northwind.servers.platform)
  elsewhere = await issuerOf(world.desk, world.southwind.servers.platform)
  made = {
    none: await register(issuer, 'none'),
    client_secret_basic: await register(issuer, 'client_secret_basic'),
    client_secret_post: await register(issuer, 'client_secret_post'),
  }
  foreign = await register(elsewhere, 'client_secret_basic')
  neighbour = await register(await neighbourOf(world), 'client_secret_basic')
})
afterAll(() => world.close())

type Sent = { form?: [string, string][]; header?: string }

const authenticate = ({ form = [], header }: Sent): Promise<Client> =>
  authenticateClient(
    world.desk,
    issuer,
    new Request(`${issuer.url}/token`, {
      method: 'POST',
      headers: header === undefined ? {} : { authorization: header },
    }),
    new URLSearchParams(form),
  )

/** The refusal as it is sent. */
async function refused(sent: Sent) {
  const response = oauthResponse(toProblem(await authenticate(sent).catch((error) => error)))
  return {
    status: response.status,
    challenge: response.headers.get('www-authenticate'),
    body: await response.text(),
  }
}

const basic = (id: string, secret: string, scheme = 'Basic') =>
  `${scheme} ${Buffer.from(`${id}:${secret}`).toString('base64')}`
const asForm = (id: string, secret?: string): [string, string][] => [
  ['client_id', id],
  ...(secret === undefined ? [] : [['client_secret', secret] as [string, string]]),
]

describe('a client is known', () => {
  test('by its id, where it has no secret', async () => {
    const { id } = made.none
    expect(await authenticate({ form: asForm(id) })).toMatchObject({ id, authMethod: 'none' })
    expect((await authenticate({ form: asForm(id, '') })).id).toBe(id)
  })

  test('by a header', async () => {
    const { id, secret } = made.client_secret_basic
    for (const scheme of ['Basic', 'basic', 'BASIC'])
      expect((await authenticate({ header: basic(id, secret, scheme) })).id).toBe(id)
    expect((await authenticate({ header: basic(id, secret), form: asForm(id) })).id).toBe(id)
  })

  test('by a header whose id and secret are form-encoded, as they should be', async () => {
    const { id, secret } = made.client_secret_basic
    const encoded = (text: string) =>
      [...text].map((char) => `%${char.charCodeAt(0).toString(16)}`).join('')
    expect((await authenticate({ header: basic(encoded(id), encoded(secret)) })).id).toBe(id)
  })

  test('by its form', async () => {
    const { id, secret } = made.client_secret_post
    expect((await authenticate({ form: asForm(id, secret) })).id).toBe(id)
  })
})

describe('a client is refused', () => {
  test('in the same words, whether it is unknown, another server’s, or its secret is wrong', async () => {
    const { id, secret } = made.client_secret_basic
    const unknown = '019a0000-0000-7000-8000-000000000000'
    const inHeaders = await Promise.all(
      [
        basic(id, 'wrong'),
        basic(id, `${secret}x`),
        basic(id, secret.slice(0, -1)),
        basic(unknown, secret),
        basic(foreign.id, foreign.secret),
        basic(neighbour.id, neighbour.secret),
        basic(made.none.id, 'any'),
        basic(made.client_secret_post.id, made.client_secret_post.secret),
        basic('\0', 'any'),
        basic('\uD800', 'any'),
        basic('x'.repeat(10_000), 'any'),
        basic("' or 1=1 --", 'any'),
      ].map((header) => refused({ header })),
    )
    for (const answer of inHeaders) expect(answer).toEqual(inHeaders[0] as (typeof inHeaders)[0])
    expect(inHeaders[0]).toMatchObject({ status: 401 })
    expect(inHeaders[0]?.challenge).toStartWith('Basic ')
    expect(JSON.parse(inHeaders[0]?.body ?? '').error).toBe('invalid_client')

    const inForms = await Promise.all(
      [
        [],
        asForm(''),
        asForm(unknown),
        asForm(foreign.id),
        asForm(made.client_secret_post.id, 'wrong'),
        asForm(made.client_secret_post.id),
        asForm(made.client_secret_post.id, ''),
        asForm(foreign.id, foreign.secret),
        asForm(id, secret),
        asForm(id),
        asForm(made.none.id, 'any'),
        asForm('https://apps.test/client.json'),
        asForm('\0'),
      ].map((form) => refused({ form })),
    )
    for (const answer of inForms)
      expect(answer).toEqual({ ...(inHeaders[0] as (typeof inHeaders)[0]), challenge: null })
  })

  test.each([
    'Basic',
    'Basic ',
    'Basic !!!',
    'Basic bm9jb2xvbg==',
    'Basic OnNlY3JldA==',
    'Basic JTpzZWNyZXQ=',
    'Bearer abc',
    'Digest username="a"',
  ])('with the header %j', async (header) => {
    expect(await refused({ header })).toMatchObject({ status: 401 })
    expect(await refused({ header, form: asForm(made.none.id) })).toMatchObject({ status: 401 })
  })

  test('that names another in its form than in its header', async () => {
    const { id, secret } = made.client_secret_basic
    const answer = await refused({ header: basic(id, secret), form: asForm(made.none.id) })
    expect(answer).toMatchObject({ status: 401 })
  })

  test('that authenticates in two ways, or says something twice', async () => {
    const { id, secret } = made.client_secret_post
    const header = basic(made.client_secret_basic.id, made.client_secret_basic.secret)
    const twice: Sent[] = [
      { header, form: asForm(made.client_secret_basic.id, made.client_secret_basic.secret) },
      { header, form: [['client_secret', 'any']] },
      { form: [...asForm(id, secret), ['client_id', id]] },
      { form: [...asForm(id, secret), ['client_secret', secret]] },
      { form: [...asForm(made.none.id), ['client_id', '']] },
    ]
    for (const sent of twice) {
      const answer = await refused(sent)
      expect([answer.status, JSON.parse(answer.body).error]).toEqual([400, 'invalid_request'])
    }
  })
})
