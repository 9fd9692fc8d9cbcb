/** A desk's server for each way of sign-in, and what tells this run's tickets from all others. */
export type Given = {
  run: string
  /** The kinds to run. */
  kinds: string[]
  none: { url: string; key: string }
  external: { url: string; key: string }
  issuer: string
  /** How this runtime starts the program, for servers over stdio. */
  command: string[]
  /** The newest version that this setup's client and server both speak, of those with sessions. */
  protocolVersion: string
  /** Its transports show a server the headers of each request. */
  headers: boolean
  /** What this runtime's `fetch` calls itself. */
  agent: string
}

/** What a program saw of one kind of server: one line of JSON. */
export type Cell = {
  kind: string
  /** What a client of the same server without the support tool was sent. */
  plain: string[]
  /** What a client of the server with it was sent, without the support tool. */
  supported: string[]
  /** The names of its own tools, page by page, and those that were listed with the support tool. */
  own: string[][]
  pages: string[][]
  /** The tickets raised, as the desk should have them. */
  tickets: Ticket[]
  /** What went wrong: a fault of the SDK, an exception, a promise nobody waited for. */
  problems: string[]
}

/** `undefined` is what a ticket of this kind does not say. */
export type Ticket = {
  title: string
  reporter: { email: string } | { issuer: string; subject: string; email: string }
  receipt: unknown
  /** What its reporter is told of their tickets when all are raised. */
  checked?: unknown
  context: {
    client: { name: string; version?: string } | undefined
    server: { name: string; version?: string }
    protocolVersion: string | undefined
    transport: 'stdio' | 'http' | 'other'
    sessionId: boolean
    calls: Call[]
  }
}

export type Call = { tool: string; outcome: string; arguments?: unknown; error?: string }
