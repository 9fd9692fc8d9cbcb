import { base64Field, bytesIn, bytesMark } from './bytes.ts'
import { orDropped } from './hooks.ts'
import { limits } from './limits.ts'

/**
 * What an object of the host's program stands for in JSON. Arguments given in memory may be
 * anything; where reading one runs into an error, it is left out.
 */
export const plain = (value: object): unknown => orDropped(() => standingFor(value))

function standingFor(value: object): unknown {
  const bytes = bytesIn(value)
  if (bytes !== undefined) return bytesMark('binary', bytes)
  if (Array.isArray(value)) return value
  if (value instanceof Map)
    return Object.fromEntries(first(value, ([key, item]) => [String(key), item]))
  if (value instanceof Set) return first(value, (item) => item)
  if (value instanceof Error) return { ...value, name: value.name, message: value.message }
  if (value instanceof RegExp) return String(value)
  if (value instanceof String || value instanceof Number || value instanceof Boolean)
    return value.valueOf()
  const { toJSON } = value as { toJSON?: unknown }
  if (typeof toJSON === 'function') return toJSON.call(value)
  const held = base64Field(value)
  return held ? { ...value, [held.key]: held.mark } : value
}

/** One more than is kept, so that the cut shows. */
function first<Item, Kept>(items: Iterable<Item>, keep: (item: Item) => Kept): Kept[] {
  const kept: Kept[] = []
  for (const item of items) {
    if (kept.length > limits.keysMax) break
    kept.push(keep(item))
  }
  return kept
}
