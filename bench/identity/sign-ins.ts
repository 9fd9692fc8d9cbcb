import { createHash, randomBytes } from 'node:crypto'
import { createVisitor } from '#tests/identity/e2e/visitor.ts'

const redirectUri = 'http://127.0.0.1/callback'
const password = 'a long enough password'

/** A client of an issuer, and people who sign in by it, each from an address of their own. */
export function createPeople(issuer: string, clientId: string) {
  const visitorAt = (person: number) =>
    createVisitor(redirectUri, { 'x-forwarded-for': `10.0.${person >> 8}.${person & 255}` })
  const email = (person: number) => `person-${person}@fjord.example`

  const authorize = (verifier: string) =>
    `${issuer}/authorize?${new URLSearchParams({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    })}`

  return {
    async signUp(person: number) {
      const visitor = visitorAt(person)
      const signUp = await visitor.follow(await visitor.go(authorize('')), /\/sign-up\?/)
      await visitor.submit(signUp, { name: 'Person', email: email(person), password })
    },
    /** The whole flow: authorize, sign in, consent, redeem. */
    async signIn(person: number) {
      const verifier = randomBytes(32).toString('base64url')
      const visitor = visitorAt(person)
      const page = await visitor.go(authorize(verifier))
      const consent = await visitor.submit(page, { email: email(person), password })
      const { url } = await visitor.submit(consent, { decision: 'allow' })
      return redeem({
        grant_type: 'authorization_code',
        code: url.searchParams.get('code') ?? '',
        redirect_uri: redirectUri,
        code_verifier: verifier,
      })
    },
    refresh: (token: string) => redeem({ grant_type: 'refresh_token', refresh_token: token }),
  }

  /** The next refresh token. */
  async function redeem(form: Record<string, string>): Promise<string> {
    const response = await fetch(`${issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({ ...form, client_id: clientId }),
    })
    const { refresh_token: token } = (await response.json()) as { refresh_token?: string }
    if (!token) throw new Error(`no token: ${response.status}`)
    return token
  }
}
