import type { CapturedCall } from '#sdk/contract.ts'

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A captured call as the request that asks for it again (JSON-RPC 2.0; MCP, `tools/call`). What was
 * redacted stays redacted; arguments that were too large to keep are left out.
 */
export const requestOf = ({ tool, arguments: given }: CapturedCall): string =>
  JSON.stringify(
    {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: tool, ...(isObject(given) && { arguments: given }) },
    },
    null,
    2,
  )
