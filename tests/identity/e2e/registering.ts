/** Registers a client that can keep no secret at an issuer (RFC 7591): its id. */
export async function register(issuer: string, redirectUri: string): Promise<string> {
  const response = await fetch(`${issuer}/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_name: 'Night owl',
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'none',
    }),
  })
  const { client_id: id } = (await response.json()) as { client_id?: string }
  if (!id) throw new Error(`no client: ${response.status}`)
  return id
}
