/** An MCP client of either SDK, and every message it was sent. */
export type Peer = {
  /** The names on each page of the list of tools. */
  pages(): Promise<string[][]>
  call(
    name: string,
    given?: Record<string, unknown>,
    options?: { signal?: AbortSignal; onprogress?: (progress: unknown) => void },
  ): Promise<unknown>
  /** Asks to be told when the list changes; whether it will be. */
  subscribe?(): Promise<boolean>
  heard: string[]
  close(): Promise<void>
}

type Heard = { onmessage?: ((message: never, extra?: never) => void) | undefined }

/** Notes each message that reaches a client's transport, once, whoever listens to it. */
export function listen(transport: object, heard: string[]): void {
  const seen = new WeakSet<object>()
  let { onmessage } = transport as Heard
  const note = (message: never, extra?: never) => {
    if (!seen.has(message)) heard.push(JSON.stringify(message))
    seen.add(message)
    onmessage?.(message, extra)
  }
  Object.defineProperty(transport, 'onmessage', {
    get: () => onmessage && note,
    set: (handler: Heard['onmessage']) => {
      onmessage = handler
    },
  })
}

type Page = { tools: { name: string }[]; nextCursor?: string | undefined }

/** Follows the cursors to the last page. */
export async function pagesOf(page: (cursor?: string) => Promise<Page>): Promise<string[][]> {
  const pages: string[][] = []
  let cursor: string | undefined
  do {
    const { tools, nextCursor } = await page(cursor)
    pages.push(tools.map(({ name }) => name))
    cursor = nextCursor
  } while (cursor)
  return pages
}
