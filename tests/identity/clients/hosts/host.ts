import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Resolve } from '#src/identity/clients/documents/resolving.ts'

const read = (name: string) => readFileSync(join(import.meta.dir, name), 'utf8')

/**
 * A certificate for `apps.test`, `more.test`, `localhost` and the protocol's site, and its key, for
 * tests only: kept here until 2124, since nothing on a bare machine makes one, and packages that do
 * bring thousands of lines. Nothing outside of the tests trusts it.
 */
export const certificate = read('certificate.pem')
const key = read('key.pem')
export const tls = { cert: certificate, key }

type Answer = (request: Request) => Response | Promise<Response>

/** A host of documents, by TLS at 127.0.0.1. What it was asked, it remembers. */
export function openHost(answer: Answer) {
  const requests: { url: string; headers: Headers }[] = []
  const server = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    tls,
    fetch: (request) => {
      requests.push({ url: request.url, headers: new Headers(request.headers) })
      return answer(request)
    },
  })
  return {
    port: Number(server.port),
    requests,
    at: (path = '/client.json', name = 'apps.test') => `https://${name}:${server.port}${path}`,
    close: () => server.stop(true),
  }
}

/** A document that is in order, but for what a test changes. */
export const documentAt = (id: string, changes: Record<string, unknown> = {}) => ({
  client_id: id,
  client_name: 'Night Owl',
  redirect_uris: ['http://127.0.0.1/callback'],
  grant_types: ['authorization_code', 'refresh_token'],
  ...changes,
})

/** Answers every name with these addresses, and counts how often it was asked. */
export function resolvingTo(...answers: string[][]) {
  const asked: string[] = []
  const resolve: Resolve = async (host) => {
    const addresses = answers[Math.min(asked.length, answers.length - 1)] ?? []
    asked.push(host)
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  }
  return { resolve, asked }
}
