import { createVisitor } from './visitor.ts'

/** Somebody new signs up at an issuer and lets a client in, or not: where they are sent back to. */
export async function letIn(
  authorize: URL | string,
  decision: 'allow' | 'deny' = 'allow',
): Promise<URL> {
  const asked = new URL(authorize)
  const visitor = createVisitor(asked.searchParams.get('redirect_uri') ?? '')
  const signIn = await visitor.go(asked)
  const signUp = await visitor.follow(signIn, /\/sign-up\?/)
  const consent = await visitor.submit(signUp, {
    name: 'Sam Okoye',
    email: `sam-${crypto.randomUUID()}@fjord.example`,
    password: 'a long enough password',
  })
  return (await visitor.submit(consent, { decision })).url
}
