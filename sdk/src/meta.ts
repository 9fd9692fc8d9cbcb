import type { Message } from './transport.ts'

const prefix = 'io.modelcontextprotocol/'

/** What MCP 2026-07-28 puts into the `_meta` of requests and results. */
export const metaOf = (holder: Record<string, unknown> | undefined, name: string): unknown =>
  (holder?._meta as Record<string, unknown> | undefined)?.[`${prefix}${name}`]

/** MCP 2026-07-28 marks a result as final; clients of that version say so in the request. */
export const callFrame = (request: Message): Record<string, unknown> =>
  metaOf(request.params, 'protocolVersion') === undefined ? {} : { resultType: 'complete' }

/** What that version wants with a list, besides: how long it may be kept, and for whom. */
export const listFrame = (request: Message): Record<string, unknown> =>
  metaOf(request.params, 'protocolVersion') === undefined
    ? {}
    : { ...callFrame(request), ttlMs: 0, cacheScope: 'private' }
