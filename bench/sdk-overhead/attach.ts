import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import type * as Sdk from '#sdk/index.ts'

/** `plain` and `plain again` are the same: their difference is the noise. */
export const variants = [
  'plain',
  'plain again',
  '@mcp-obs/sdk',
  '@sentry/node',
  'agentcat',
] as const

export type Variant = (typeof variants)[number]

type Sentry = {
  init(options: object): void
  wrapMcpServerWithSentry(server: McpServer, options: object): McpServer
}
type AgentCat = { track(server: McpServer, project: string, options: object): McpServer }

/**
 * Imports what a variant adds, which is the package of its name, and returns how its own manual
 * puts it on a server. The names are no literals, so that nothing of them is built in.
 */
export async function attachment(variant: string, sink: string): Promise<(on: McpServer) => void> {
  if (variant === '@mcp-obs/sdk') {
    const sdk: typeof Sdk = await import(variant)
    return (server) =>
      sdk.registerSupportTool(server, { url: `${sink}/s/docuapi`, key: 'sk_live_overhead' })
  }
  if (variant === '@sentry/node') {
    const sentry: Sentry = await import(variant)
    sentry.init({ dsn: sink.replace('://', '://public@').concat('/1'), tracesSampleRate: 1 })
    return (server) =>
      sentry.wrapMcpServerWithSentry(server, { recordInputs: true, recordOutputs: true })
  }
  if (variant === 'agentcat') {
    const agentCat: AgentCat = await import(variant)
    return (server) => agentCat.track(server, 'proj_overhead', { apiBaseUrl: sink })
  }
  return () => {}
}
