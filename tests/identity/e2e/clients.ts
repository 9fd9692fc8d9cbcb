import {
  Client as V2Client,
  StreamableHTTPClientTransport as V2Transport,
  UnauthorizedError as V2UnauthorizedError,
} from '@modelcontextprotocol/client'
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import type { Provider } from './provider.ts'

/** A client of either MCP SDK. */
export type Connected = {
  callTool(call: { name: string; arguments: Record<string, unknown> }): Promise<unknown>
  close(): Promise<void>
}

/** Sends the person to an authorization server: where it sent them back to. */
export type Authorize = (url: URL) => Promise<URL>

export type Kind = {
  name: string
  /** Of the example server that is made with the same SDK. */
  story: 'express' | 'hono'
  connect(url: string, provider: Provider, authorize: Authorize): Promise<Connected>
  /** Whether a call failed since the person has to sign in. */
  hasToSignIn(error: unknown): boolean
}

const about = { name: 'night-owl', version: '1.0.0' }

const v1: Kind = {
  name: 'the v1 client',
  story: 'express',
  hasToSignIn: (error) => error instanceof UnauthorizedError,
  async connect(url, { provider, held }, authorize) {
    const open = () => new StreamableHTTPClientTransport(new URL(url), { authProvider: provider })
    const begin = async (transport = open()) => {
      const client = new Client(about)
      await client.connect(transport as Transport)
      return client
    }
    const transport = open()
    try {
      return await begin(transport)
    } catch (error) {
      if (!v1.hasToSignIn(error)) throw error
    }
    const back = await authorize(lastOf(held.asked))
    await transport.finishAuth(back.searchParams.get('code') ?? '')
    return begin()
  },
}

const v2: Kind = {
  name: 'the v2 client',
  story: 'hono',
  hasToSignIn: (error) => error instanceof V2UnauthorizedError,
  async connect(url, { provider, held }, authorize) {
    const open = () => new V2Transport(new URL(url), { authProvider: provider })
    const begin = async (transport = open()) => {
      const client = new V2Client(about, { versionNegotiation: { mode: 'auto' } })
      await client.connect(transport)
      return client
    }
    const transport = open()
    try {
      return await begin(transport)
    } catch (error) {
      if (!v2.hasToSignIn(error)) throw error
    }
    await transport.finishAuth((await authorize(lastOf(held.asked))).searchParams)
    return begin()
  },
}

export const kinds = [v1, v2]

function lastOf(urls: URL[]): URL {
  const url = urls.at(-1)
  if (!url) throw new Error('the client asked for nobody')
  return url
}
