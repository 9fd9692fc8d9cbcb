/** The public surface of the package; nothing else of it is. */
import type { SupportToolOptions } from './options.ts'
import { type McpServerLike, register, type SupportToolHandle } from './register.ts'

export type { Reporter } from './contract.ts'
export type { AuthInfo } from './identity.ts'
export type { Logger, LogLevel } from './log.ts'
export type { SupportToolOptions } from './options.ts'
export type { RedactHook } from './redact.ts'
export type { McpServerLike, SupportToolHandle } from './register.ts'

/**
 * Adds `get_support_tool` to an MCP server: through it, end-users raise tickets at your mcp-obs
 * desk from inside their AI client. Call it once, any time before `connect`; called again for the
 * same server it returns what it did the first time, and tells the logger of options that differ.
 *
 * Whether the tool is shown, its words and its categories are chosen at the desk. It never throws
 * into its host and delays neither its start nor its other tools.
 */
export function registerSupportTool(
  server: McpServerLike,
  options: SupportToolOptions,
): SupportToolHandle {
  return register(server, options)
}
