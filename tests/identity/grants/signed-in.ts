import { afterAll, beforeEach } from 'bun:test'
import { makeIssuers } from './issuer.ts'

/**
 * What the tests of a file share: the issuers, and at one of them a client and somebody who is
 * signed in. Registers what comes before each test and after all of them.
 */
export async function signedIn(environment: Record<string, string> = {}) {
  const all = await makeIssuers(environment)
  beforeEach(() => all.forgetAttempts())
  afterAll(() => all.world.close())
  const { issuer } = all
  return { all, issuer, client: await issuer.client(), person: await issuer.person() }
}
