import { unreachable } from './unusable.ts'

/** Waits until a signal says not to, also for what can't be aborted, such as a look-up. */
export function before<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(unreachable())
    signal.addEventListener('abort', () => reject(unreachable()), { once: true })
    work.then(resolve, reject)
  })
}
