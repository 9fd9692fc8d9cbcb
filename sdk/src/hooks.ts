/** Whether a host's function answered with a promise. What that comes to does not end the host. */
export function isAsync(answer: unknown): boolean {
  if (typeof (answer as { then?: unknown } | null | undefined)?.then !== 'function') return false
  Promise.resolve(answer).catch(() => {})
  return true
}

/** What `act` returns; nothing where code of the host that it runs into throws. */
export function orDropped<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}
