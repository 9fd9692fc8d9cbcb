import type { TestServer } from '../world.ts'

const wellKnown = ['oauth-authorization-server', 'openid-configuration'] as const

/** Where a desk's issuers are: below the desk's own address, or at host names of their own. */
export const forms = {
  path: {
    baseUrl: 'http://localhost:3000',
    issuer: ({ slug }: TestServer) => `http://localhost:3000/s/${slug}`,
    documents: ({ slug }: TestServer) => [
      ...wellKnown.map((name) => `http://localhost:3000/.well-known/${name}/s/${slug}`),
      ...wellKnown.map((name) => `http://localhost:3000/s/${slug}/.well-known/${name}`),
    ],
    nowhere: ({ slug }: TestServer) => [
      ...wellKnown.map((name) => `http://${slug}.localhost:3000/.well-known/${name}`),
      ...wellKnown.map((name) => `http://${slug}.localhost:3000/s/${slug}/.well-known/${name}`),
      ...wellKnown.map((name) => `http://localhost:3000/.well-known/${name}`),
      `http://${slug}.localhost:3000/jwks`,
      'http://localhost:3000/jwks',
    ],
  },
  host: {
    baseUrl: 'https://desk.example',
    issuer: ({ slug }: TestServer) => `https://${slug}.desk.example`,
    documents: ({ slug }: TestServer) =>
      wellKnown.map((name) => `https://${slug}.desk.example/.well-known/${name}`),
    nowhere: ({ slug }: TestServer) => [
      ...wellKnown.map((name) => `https://desk.example/.well-known/${name}/s/${slug}`),
      ...wellKnown.map((name) => `https://desk.example/s/${slug}/.well-known/${name}`),
      ...wellKnown.map((name) => `https://${slug}.desk.example/.well-known/${name}/s/${slug}`),
      ...wellKnown.map((name) => `https://desk.example/.well-known/${name}`),
      `https://desk.example/s/${slug}/jwks`,
      'https://desk.example/jwks',
    ],
  },
}
