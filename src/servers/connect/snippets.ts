import type { RaisedBy } from './reporter.ts'

/** Texts to take along. Each choice of a tab is one of them. */
export type Snippets = {
  install: Snippet[]
  environment: string
  code: Snippet[]
  /** How the server checks its end-users' tokens, where the desk issues them. */
  verify?: string
  /** Pasted into a shell as it stands, files a ticket; or, where only end-users can, asks for the settings. */
  curl: string
  filesTicket: boolean
}
export type Snippet = { name: string; text: string }

type About = {
  /** Canonical address of the server. */
  address: string
  /** A key that was just made; without one, the texts name the place of the stored one. */
  freshKey?: string | undefined
  /** Who raises the ticket of the `curl` line; null where the desk signs its end-users in. */
  raisedBy: RaisedBy | null
  /** Address of the MCP server, where it is known. */
  resource?: string | null
}

const packageName = '@mcp-obs/sdk'

/** What stands on the connect page to be copied. */
export const snippetsFor = ({ address, freshKey, raisedBy, resource }: About): Snippets => ({
  install: [
    { name: 'npm', text: `npm install ${packageName}` },
    { name: 'bun', text: `bun add ${packageName}` },
    { name: 'pnpm', text: `pnpm add ${packageName}` },
  ],
  environment: [`MCP_OBS_URL=${address}`, `MCP_OBS_KEY=${freshKey ?? '<the key you stored>'}`].join(
    '\n',
  ),
  code: [
    { name: 'McpServer', text: codeAfter('const server = new McpServer(…)') },
    { name: 'Server (low level)', text: codeAfter('const server = new Server(…)') },
  ],
  ...(!raisedBy && { verify: verifying(resource ?? 'https://your-server.example/mcp') }),
  filesTicket: raisedBy !== null,
  curl: raisedBy
    ? curl(`${address}/api/support`, freshKey, {
        title: 'Test ticket from curl',
        description: 'Sent from a shell to see that tickets arrive.',
        ...raisedBy,
      })
    : curl(`${address}/trpc/support.settings`, freshKey),
})

const verifying = (resource: string) => `import { createTokenVerifier } from '${packageName}/verify'

const verifier = createTokenVerifier({
  url: process.env.MCP_OBS_URL,
  // The address of your MCP server, as clients know it.
  resource: ${JSON.stringify(resource)},
})
// requireBearerAuth({ verifier, resourceMetadataUrl: verifier.resourceMetadataUrl })`

/** The lines around it are comments, so that what is copied runs where it is pasted. */
const codeAfter = (server: string) => `import { registerSupportTool } from '${packageName}'

// ${server}
registerSupportTool(server, {
  url: process.env.MCP_OBS_URL,
  key: process.env.MCP_OBS_KEY,
})
// await server.connect(transport)`

const curl = (url: string, freshKey: string | undefined, body?: object) =>
  [
    `curl -i ${quoted(url)}`,
    // The variable stands where the shell replaces it; a key holds nothing that a shell reads.
    `-H "Authorization: Bearer ${freshKey ?? '$MCP_OBS_KEY'}"`,
    ...(body ? [`-H 'Content-Type: application/json'`, `-d ${quoted(JSON.stringify(body))}`] : []),
  ].join(' \\\n  ')

/** One word of a POSIX shell, whatever it holds. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
