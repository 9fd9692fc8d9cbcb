import type { Place } from './kind.ts'
import type { Peer } from './peer.ts'

/**
 * Everything that a server's own tools do, one after another. A server without any has no list: with
 * the support tool it does.
 */
export async function routine(peer: Peer, place: Place, lists: boolean): Promise<void> {
  if (lists) await peer.pages()
  await settled(peer.call('echo', { text: 'hello' }))
  await settled(peer.call('echo', {}))
  await settled(peer.call('broken', { text: 'x' }))
  await settled(peer.call('unknown', {}))
  await settled(peer.call('measured', { text: 'hello' }))
  await settled(peer.call('interrupted', { text: 'hello' }))
  await settled(peer.call('confirmed', { text: 'hello' }))
  await settled(peer.call('counted', { text: 'hello' }, { onprogress: () => {} }))
  if (lists && place.changed && (await peer.subscribe?.())) await changed(peer, place)
}

/** The company's own tools change, and who has asked for it is told. */
async function changed({ heard }: Peer, place: Place): Promise<void> {
  place.changed?.()
  for (const until = Date.now() + 5_000; Date.now() < until; await pause(5))
    if (heard.some((message) => message.includes('tools/list_changed'))) return
  throw new Error('nobody was told that the tools have changed')
}

const pause = (ms: number) => new Promise((ended) => setTimeout(ended, ms))

/** Starts a call that never ends, and returns when the server is at it. */
export async function startSlow(
  peer: Peer,
  text: string,
  signal?: AbortSignal,
): Promise<[Promise<unknown>]> {
  let call: Promise<unknown> | undefined
  await new Promise<void>((started) => {
    const options = { onprogress: () => started(), ...(signal && { signal }) }
    call = settled(peer.call('slow', { text }, options))
    call.then(() => started())
  })
  return [call ?? Promise.resolve()]
}

/** Whatever comes of it: the transcript says what was sent. */
export const settled = (call: Promise<unknown>): Promise<unknown> => call.catch(String)
