import { expect, test } from 'bun:test'
import { getOAuthProtectedResourceMetadataUrl } from '@modelcontextprotocol/server'
import { createTokenVerifier, type TokenVerifierOptions } from '../../../sdk/src/verify.ts'

const url = 'https://id.docuapi.example'
const resource = 'https://docuapi.example/mcp'

const wrong: [string, Partial<Record<keyof TokenVerifierOptions, unknown>>, string][] = [
  ['no issuer', { url: undefined }, '`url` is not an address'],
  ['an issuer that is a name', { url: 'docuapi' }, '`url` is not an address'],
  ['an issuer that can be read along', { url: 'http://id.docuapi.example' }, '`url` must be https'],
  ['an issuer that looks local', { url: 'http://127.0.0.1.evil.example' }, '`url` must be https'],
  ['an issuer of another scheme', { url: 'ftp://localhost' }, '`url` must be an http'],
  ['an issuer with a query', { url: `${url}?a=b` }, '`url` must have neither query'],
  ['an issuer with an empty fragment', { url: `${url}#` }, '`url` must have neither query'],
  ['an issuer with credentials', { url: 'https://a:b@id.example' }, '`url` must not hold'],
  ['no resource', { resource: undefined }, '`resource` is not an address'],
  ['a resource that is a name', { resource: 'api://docuapi' }, '`resource` must be an http'],
  ['a resource with a fragment', { resource: `${resource}#a` }, '`resource` must have no fragment'],
  ['an empty audience', { audience: '' }, '`audience` must be'],
  ['an empty list of audiences', { audience: [] }, '`audience` must be'],
]
test.each(wrong)('%s is a mistake that is told at once', (_, options, message) => {
  const create = () => createTokenVerifier({ url, resource, ...options } as TokenVerifierOptions)
  expect(create).toThrow(TypeError)
  expect(create).toThrow(message)
})

test.each([
  'http://localhost:3000/s/docuapi',
  'http://127.0.0.1:1',
  'http://[::1]:1',
  'http://id.localhost',
])('%s may be an issuer, since nobody is in between', (loopback) => {
  const { protectedResourceMetadata } = createTokenVerifier({ url: loopback, resource })
  expect(protectedResourceMetadata.authorization_servers).toEqual([loopback])
})

test('clients are told of issuer and resource as they were given', () => {
  const { protectedResourceMetadata } = createTokenVerifier({ url, resource })
  expect(protectedResourceMetadata).toEqual({
    resource,
    authorization_servers: [url],
    bearer_methods_supported: ['header'],
  })
})

test('clients look for it where the MCP SDK says they do', () => {
  for (const given of [resource, 'https://docuapi.example', 'http://localhost:3000/a/b']) {
    const { resourceMetadataUrl } = createTokenVerifier({ url, resource: given })
    expect(resourceMetadataUrl).toBe(getOAuthProtectedResourceMetadataUrl(new URL(given)))
  }
})

test('what only verifies no token does not load the library that does', async () => {
  const [main, verify] = await Promise.all(['index', 'verify'].map(load))
  expect(verify).toContain('from "jose"')
  expect(main).not.toContain('jose')
})

async function load(entry: string): Promise<string> {
  const entrypoints = [new URL(`../../../sdk/src/${entry}.ts`, import.meta.url).pathname]
  const built = await Bun.build({ entrypoints, packages: 'external', target: 'node' })
  return (await built.outputs[0]?.text()) ?? ''
}
