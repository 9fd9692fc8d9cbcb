type Message = object

/** What a session has sent, so that a client that lost its stream can ask for the rest. */
export function createEventStore() {
  const events: { id: string; streamId: string; message: Message }[] = []
  return {
    storeEvent: async (streamId: string, message: Message) => {
      const id = String(events.length)
      events.push({ id, streamId, message })
      return id
    },
    replayEventsAfter: async (
      lastEventId: string,
      { send }: { send: (id: string, message: never) => Promise<void> },
    ) => {
      const streamId = events[Number(lastEventId)]?.streamId ?? ''
      for (const event of events.slice(Number(lastEventId) + 1))
        if (event.streamId === streamId) await send(event.id, event.message as never)
      return streamId
    },
  }
}
