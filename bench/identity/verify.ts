import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import { createTokenVerifier } from '#sdk/verify.ts'
import { startIssuer } from '../../sdk/examples/issuer.ts'

/**
 * Run on Node.js or Bun by `bench/identity.ts`: µs per token, by `verifyAccessToken` and by jose's
 * `jwtVerify` alone with the same keys and rules, in turns. Prints JSON.
 */
const [rounds = 20, tokens = 1_000] = process.argv.slice(2).map(Number)
const resource = 'https://docuapi.example/mcp'
const issuer = await startIssuer()
const token = await issuer.tokenFor('alex@company.com', resource)
const { verifyAccessToken } = createTokenVerifier({ url: issuer.url, resource })
const published = await (await fetch(`${issuer.url}/keys`)).json()
const keys = createLocalJWKSet(published as JSONWebKeySet)
const rules = { issuer: issuer.url, audience: resource, algorithms: ['ES256'] }

const ways = {
  sdk: () => verifyAccessToken(token),
  jose: () => jwtVerify(token, keys, rules),
}
const took: Record<keyof typeof ways, number[]> = { sdk: [], jose: [] }
for (let round = -3; round < rounds; round++)
  for (const [name, verify] of Object.entries(ways)) {
    const started = performance.now()
    for (let index = 0; index < tokens; index++) await verify()
    const us = ((performance.now() - started) * 1_000) / tokens
    // The first rounds only warm up.
    if (round >= 0) took[name as keyof typeof ways].push(us)
  }
console.log(JSON.stringify(took))
process.exit()
