/** Keeps a bounded number of values; of too many the one that was put in first goes. */
export function createCache<T>(entriesMax: number) {
  const entries = new Map<string, T>()
  return {
    get: (name: string): T | undefined => entries.get(name),
    put(name: string, value: T): T {
      entries.delete(name)
      entries.set(name, value)
      const [oldest] = entries.keys()
      if (entries.size > entriesMax && oldest !== undefined) entries.delete(oldest)
      return value
    },
  }
}
