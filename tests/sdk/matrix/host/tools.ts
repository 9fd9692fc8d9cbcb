type Given = { text: string }

/** What both SDKs' older and newer handlers are told besides the arguments. */
export type Extra = {
  signal: AbortSignal
  /** Where a lost stream can be resumed: ends the one that the answer would take. */
  closeSSEStream?: (() => void) | undefined
  _meta?: { progressToken?: string | number } | undefined
  sendNotification(notification: never): Promise<void>
}

const content = (text: string) => [{ type: 'text' as const, text }]

/** A company's own tools. */
export const tools = {
  echo: async ({ text }: Given) => ({ content: content(text) }),

  broken: async ({ text }: Given): Promise<{ content: ReturnType<typeof content> }> => {
    throw new Error(`401 Unauthorized: ${text}`)
  },

  measured: async ({ text }: Given) => ({
    content: content(String(text.length)),
    structuredContent: { length: text.length },
  }),

  /** Says how far it is, twice, and writes to the client's log. */
  counted: async ({ text }: Given, extra: Extra) => {
    await progress(extra, 1)
    await notify(extra, 'notifications/message', { level: 'info', data: { text } })
    await progress(extra, 2)
    return { content: content('counted') }
  },

  /** Loses its client, if it can, before it answers. */
  interrupted: async (_: Given, extra: Extra) => {
    extra.closeSSEStream?.()
    return { content: content('not lost') }
  },

  /** Ends when it is called off. */
  slow: async (_: Given, extra: Extra) => {
    await progress(extra, 0)
    await new Promise<void>((ended) => {
      if (extra.signal.aborted) ended()
      extra.signal.addEventListener('abort', () => ended())
    })
    return { content: content('too late') }
  },
}

async function progress(extra: Extra, at: number): Promise<void> {
  const progressToken = extra._meta?.progressToken
  if (progressToken === undefined) return
  await notify(extra, 'notifications/progress', { progressToken, progress: at, total: 2 })
}

const notify = (extra: Extra, method: string, params: object) =>
  extra.sendNotification({ method, params } as never)
