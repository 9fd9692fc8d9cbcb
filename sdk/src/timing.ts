import { limits } from './limits.ts'

/** Every wait of the SDK, in milliseconds. Tests shorten them; hosts cannot. */
export const timing = {
  /** The clock of delivery, which is never set back. */
  now: () => performance.now(),
  /** A little under the promise of `limits.answerWithinMs`, so that the answer still travels. */
  answerMs: limits.answerWithinMs - 500,
  attemptMs: 10_000,
  backoffMs: 1_000,
  backoffMsMax: 5 * 60_000,
  /** The desk itself asks for no more; what is in between may ask for years. */
  retryAfterMsMax: 60 * 60_000,
  /**
   * After a queued ticket that did not get through, before the next one is tried. A socket being
   * closed holds a process for a moment, so without it one request would follow the other, and a
   * process that has nothing else to do would only end once it happens to fall between two.
   */
  restMs: 500,
  /** After a refused key, while tickets wait that were promised. */
  keyRetryMs: 60_000,
  queuedMsMax: 24 * 60 * 60_000,
  /** How long a list of tools waits for settings: for the first ones, and for newer ones. */
  settingsWaitMs: 1_000,
  settingsNewerWaitMs: 250,
  /** How old settings may be when a list of tools is made, and while tools are called. */
  settingsFreshMs: 3_000,
  settingsIdleMs: 60_000,
  settingsRetryMs: 10_000,
  /** A host that has nothing else to do can't end before the desk has answered, or this is over. */
  settingsAttemptMs: 3_000,
  flushMs: 5_000,
  /** Between attempts while a flush waits. */
  flushPace: { backoffMs: 100, backoffMsMax: 500 },
}

export type Timing = typeof timing
type Pace = Pick<Timing, 'backoffMs' | 'backoffMsMax'>

/** How long to wait after so many attempts: twice as long each time, and less by up to a half. */
export function backoff(attempts: number, { backoffMs, backoffMsMax }: Pace): number {
  const longest = Math.min(backoffMs * 2 ** (attempts - 1), backoffMsMax)
  return longest * (0.5 + Math.random() / 2)
}

/** What a timer can wait for: a longer time would be over at once. */
export const timerMs = (ms: number): number => Math.min(Math.max(0, ms), 2 ** 31 - 1)

/** Runs `then` later without keeping the process alive for it. Returns how to call it off. */
export function later(ms: number, then: () => void): () => void {
  const timer: unknown = setTimeout(then, timerMs(ms))
  if (typeof timer === 'object') (timer as { unref?(): void } | null)?.unref?.()
  else (globalThis as { Deno?: { unrefTimer(id: unknown): void } }).Deno?.unrefTimer(timer)
  return () => clearTimeout(timer as ReturnType<typeof setTimeout>)
}

/** Settles like `promise`, or with undefined after `ms`. */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  let cancel = () => {}
  const expired = new Promise<undefined>((resolve) => {
    cancel = later(ms, () => resolve(undefined))
  })
  return Promise.race([promise, expired]).finally(cancel)
}
