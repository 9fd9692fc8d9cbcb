import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { jsonOf } from '../../world.ts'
import {
  errorOf,
  invalidGrant,
  makeIssuers,
  type Person,
  type TestClient,
  type TestIssuer,
  type Tokens,
} from './issuer.ts'

type Place = 'issuer' | 'neighbour' | 'stranger'

let all: Awaited<ReturnType<typeof makeIssuers>>
/** The same client at all of them, as one known by a document would be, and the same e-mail. */
const shared: TestClient = { id: 'https://night-owl.example/client.json' }
const people = {} as Record<Place, Person>
beforeAll(async () => {
  all = await makeIssuers()
  for (const place of ['issuer', 'neighbour', 'stranger'] as const) {
    await all[place].client(shared)
    people[place] = await all[place].person('ana@fjord.example')
  }
})
beforeEach(() => all.forgetAttempts())
afterAll(() => all.world.close())

const pairs: [Place, Place][] = [
  ['issuer', 'neighbour'],
  ['neighbour', 'issuer'],
  ['issuer', 'stranger'],
  ['stranger', 'issuer'],
]

for (const [here, there] of pairs)
  describe(`what the ${here} gave, at the ${there}`, () => {
    let own: TestIssuer
    let other: TestIssuer
    let tokens: Tokens
    beforeEach(async () => {
      own = all[here]
      other = all[there]
      tokens = await own.tokens(shared, people[here])
    })

    test('a code is nothing there, and still good at home', async () => {
      const issued = await own.code(shared, people[here])
      expect(await errorOf(await other.redeem(shared, issued))).toEqual(invalidGrant)
      const redeemed = await own.redeem(shared, issued)
      expect(redeemed.status).toBe(200)
      expect(await errorOf(await other.redeem(shared, issued))).toEqual(invalidGrant)
      expect(await own.isAlive((await jsonOf<Tokens>(redeemed)).access_token)).toBe(true)
    })

    test('a refresh token is nothing there, old or new', async () => {
      expect(await errorOf(await other.refresh(shared, tokens.refresh_token))).toEqual(invalidGrant)
      const next = await jsonOf<Tokens>(await own.refresh(shared, tokens.refresh_token))
      await all.world.database.owner`update oauth_grant set rotated_at = now() - interval '1 hour'
        where rotated_at is not null`
      expect(await errorOf(await other.refresh(shared, tokens.refresh_token))).toEqual(invalidGrant)
      expect(await own.isAlive(tokens.access_token)).toBe(true)
      expect((await own.refresh(shared, next.refresh_token)).status).toBe(200)
    })

    test('nothing can be revoked there', async () => {
      for (const token of [tokens.access_token, tokens.refresh_token])
        expect((await other.revoke(shared, token)).status).toBe(200)
      expect(await own.isAlive(tokens.access_token)).toBe(true)
    })

    test('no token is active there', async () => {
      expect(await own.introspect(tokens.access_token)).toMatchObject({ active: true })
      expect(await other.introspect(tokens.access_token)).toEqual({ active: false })
    })

    test('a client is nobody there', async () => {
      const client = await own.client()
      const issued = await own.code(client, people[here])
      const refused = await other.redeem(client, issued)
      expect(await errorOf(refused)).toEqual({ status: 401, error: 'invalid_client' })
      const shown = await other.ask(`/authorize?${own.request(client, 'v')}`, {
        cookie: people[there].cookie,
      })
      expect(shown.status).toBe(400)
      expect(shown.headers.get('location')).toBeNull()
    })

    test('a session is none there', async () => {
      const { cookie } = people[here]
      const asked = other.request(shared, 'v')
      for (const response of [
        await other.ask(`/authorize?${asked}`, { cookie }),
        await other.consent(people[here], asked),
      ]) {
        expect(response.status).toBe(303)
        expect(response.headers.get('location')).toStartWith(`${other.path}/sign-in?request=`)
      }
    })
  })

test('the staff session is none either', async () => {
  const { issuer, world } = all
  const cookie = await world.signIn(world.northwind.staff.email)
  const response = await issuer.consent(
    { id: people.issuer.id, cookie },
    issuer.request(shared, 'v'),
  )
  expect(response.headers.get('location')).toStartWith(`${issuer.path}/sign-in?`)
})
