import { createHash, randomBytes } from 'node:crypto'
import type { Registered } from './desk.ts'
import { letIn } from './letting-in.ts'
import { register } from './registering.ts'

type Tokens = { access_token: string; refresh_token: string; client_id: string }

const redirectUri = 'http://127.0.0.1/callback'

/** Somebody new signs up and lets a new client in, which redeems its code for a resource. */
export async function getToken({ url }: Registered, resource: string): Promise<Tokens> {
  const client_id = await register(url, redirectUri)
  const code_verifier = randomBytes(32).toString('base64url')
  const back = await letIn(
    `${url}/authorize?${new URLSearchParams({
      response_type: 'code',
      client_id,
      redirect_uri: redirectUri,
      resource,
      code_challenge: createHash('sha256').update(code_verifier).digest('base64url'),
      code_challenge_method: 'S256',
    })}`,
  )
  const response = await fetch(`${url}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: back.searchParams.get('code') ?? '',
      redirect_uri: redirectUri,
      client_id,
      code_verifier,
    }),
  })
  if (!response.ok) throw new Error(`no token: ${response.status} ${await response.text()}`)
  return { ...((await response.json()) as Omit<Tokens, 'client_id'>), client_id }
}
