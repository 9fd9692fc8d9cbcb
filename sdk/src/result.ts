import type { Problem } from './client.ts'

/** A result of one of our tools: what a model reads, and the same as data. */
export const answered = (text: string, structuredContent: object) => ({
  content: [{ type: 'text', text }],
  structuredContent,
})

/** An error result carries no structured content, so it need not fit the output schema. */
export const failed = (text: string) => ({ content: [{ type: 'text', text }], isError: true })

export type ToolResult = ReturnType<typeof answered> | ReturnType<typeof failed>

/** When to try again, after what the desk has asked for. */
export function when({ retryAfterMs }: Problem): string {
  if (retryAfterMs === undefined) return 'later'
  const minutes = Math.ceil(retryAfterMs / 60_000)
  return minutes > 1 ? `in about ${minutes} minutes` : 'within a minute or so'
}
