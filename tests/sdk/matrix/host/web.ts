import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { given } from './given.ts'

/** What a server's own verification of a bearer token puts on the request. */
export type AuthInfo = {
  token: string
  clientId: string
  scopes: string[]
  extra: Record<string, unknown>
}

export type Request = IncomingMessage & { auth?: AuthInfo }
export type Handle = (request: Request, response: ServerResponse) => Promise<unknown>

export type Web = {
  url: URL
  /** Status and type of each answer to a POST. */
  answers: string[]
  close(): Promise<void>
}

/** Serves on a free port. A bearer token names its user: `Bearer alex` is alex. */
export async function serveWeb(handle: Handle): Promise<Web> {
  const answers: string[] = []
  const http = createServer((request: Request, response) => {
    const token = request.headers.authorization?.replace('Bearer ', '')
    if (token) request.auth = verified(token)
    response.on('finish', () => {
      if (request.method === 'POST')
        answers.push(`${response.statusCode} ${response.getHeader('content-type')}`)
    })
    handle(request, response).catch((error) => {
      if (!response.headersSent) response.writeHead(500)
      response.end(String(error))
    })
  })
  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening))
  const { port } = http.address() as AddressInfo
  return {
    url: new URL(`http://127.0.0.1:${port}/mcp`),
    answers,
    close: async () => {
      http.closeAllConnections()
      http.close()
    },
  }
}

const verified = (token: string): AuthInfo => ({
  token,
  clientId: 'matrix',
  scopes: [],
  extra: { iss: given.issuer, sub: token, email: `${token}@company.example` },
})

export const bearer = (user: string | undefined): Record<string, string> =>
  user === undefined ? {} : { authorization: `Bearer ${user}` }
