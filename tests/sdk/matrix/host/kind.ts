import type { Call, Ticket } from '../cell.ts'
import type { Peer } from './peer.ts'

/** Where and with what the support tool is registered; without it, a server is plain. */
export type Support = { url: string; key: string } | undefined

/** A running server of some kind. Its clients say who their user is where users sign in. */
export type Place = {
  peer(who: string): Promise<Peer>
  /** How it answered over HTTP. */
  answers?: string[]
  /** Each client has a process of its own, and nobody else to be mistaken for. */
  apart?: true
  /** Says that its tools have changed. */
  changed?(): void
  close(): Promise<void>
}

export type Open = (support: Support) => Promise<Place>
export type UserOf = ((who: string) => string) | undefined
type Context = Ticket['context']

/** A company's server: what it is made with, and what is in it. */
export type Host<Make> = {
  name: string
  make: Make
  /** As it introduces itself. */
  server: Context['server']
  /** The names of its own tools, page by page. */
  pages: string[][]
  /** The error of a call that failed with `thrown`. */
  failed(thrown: string): string
}

/** A way to reach a server, and what can be known of who comes that way. */
export type Way<Make> = {
  name: string
  open(make: Make, user: UserOf): Open
  transport: Context['transport']
  client: Context['client']
  protocolVersion: string | undefined
  sessionId: boolean
  /** Only a verified user is known again with the next request. */
  stateless: boolean
  /** The error of a call that its client called off; left out where a server does not hear of it. */
  cancelled?: string
}

/** One kind of server and one way to it, with users who sign in or with nobody known. */
export type Kind = {
  name: string
  open: Open
  signIn: boolean
  /** A user of this kind's alone: what is known of a verified user outlives a server. */
  subject(who: string): string
  pages: string[][]
  /** Where a call can be called off, it is `slow` that is. */
  cancels: boolean
  context: Omit<Context, 'calls'>
  /** What a ticket says of calls of `echo`, `slow` if it can be called off, and `broken`. */
  calls(text: string): Call[]
}

export function kindOf<Make>(host: Host<Make>, way: Way<Make>, signIn = false): Kind {
  const name = `${host.name} ${way.name}${signIn ? ', signed in' : ''}`
  const subject = (who: string) => `${who}-${name.toLowerCase().replace(/\W+/g, '-')}`
  const own = host.pages.flat()
  const cancels = way.cancelled !== undefined && own.includes('slow')

  const failure = (tool: string, text: string, error: string | undefined): Call =>
    error === undefined
      ? { tool, outcome: 'ok' }
      : { tool, outcome: 'error', arguments: { text }, error }
  const calls = (text: string) => {
    const missing = own.length === 0 ? '-32601: Method not found' : undefined
    return [
      failure('echo', text, missing),
      ...(cancels ? [failure('slow', text, way.cancelled)] : []),
      failure('broken', text, missing ?? host.failed(`401 Unauthorized: ${text}`)),
    ]
  }
  const { client, protocolVersion, transport, sessionId } = way
  return {
    name,
    open: way.open(host.make, signIn ? subject : undefined),
    signIn,
    subject,
    pages: host.pages,
    cancels,
    context: { client, server: host.server, protocolVersion, transport, sessionId },
    calls: (text) => (way.stateless && !signIn ? [] : calls(text)),
  }
}
