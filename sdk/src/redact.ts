import { bound } from './cut.ts'
import { holdsSecret, isValueKey, nameBeside, withoutPaired } from './holding.ts'
import { isAsync } from './hooks.ts'
import { redacted } from './marks.ts'
import { withoutPairs } from './pairs.ts'
import { withoutShapes } from './shapes.ts'

const depthMax = 64
const roundsMax = 4

/** A host's own rule: given a value and its path (`arguments.user.name`), returns what to keep. */
export type RedactHook = (value: unknown, path: string) => unknown

/**
 * Takes secrets out of a text that goes with a ticket, in the SDK before it leaves the process and
 * again at the desk. Best effort: it knows names that stand for secrets and shapes that secrets
 * have. It takes linear time, and doing it twice changes nothing more.
 */
export function redactText(text: string): string {
  let rest = text
  // What stood glued to a secret may only now have an edge to be found by.
  for (let round = 0; round < roundsMax; round++) {
    const next = withoutPairs(withoutShapes(rest))
    if (next === rest) break
    rest = next
  }
  return rest
}

/**
 * The same for a JSON-like value: strings by their shape, and whole values by the name of their
 * key, at any depth. Bytes become their size. With a hook, every value that is not a container
 * goes through it first; where it throws, or answers with a promise, the field is dropped.
 */
export function redactValue(value: unknown, hook?: RedactHook, path = ''): unknown {
  return walk(value, hook, path, 0)
}

function walk(value: unknown, hook: RedactHook | undefined, path: string, depth: number): unknown {
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer)
    return `[binary, ${value.byteLength} bytes]`
  if (typeof value !== 'object' || value === null)
    return hook && value !== undefined
      ? walk(asked(hook, value, path), undefined, path, depth)
      : leaf(value)
  if (depth > depthMax) return '[too deep]'
  const inside = (item: unknown, key: string | number) =>
    orDropped(() => walk(item, hook, path ? `${path}.${key}` : String(key), depth + 1))
  if (Array.isArray(value))
    return value.map((item, at) => withoutPaired(value, at) ?? inside(item, at) ?? null)
  const fields = Object.entries(value)
  const name = nameBeside(fields)
  const isSecret = (key: string, item: unknown) =>
    holdsSecret(key, item) || (name !== undefined && isValueKey(key) && holdsSecret(name, item))
  return Object.fromEntries(
    fields
      .map(([key, item]) => [redactText(key), isSecret(key, item) ? redacted : inside(item, key)])
      .filter(([, item]) => item !== undefined),
  )
}

function leaf(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value === 'bigint') return String(value)
  return typeof value === 'function' || typeof value === 'symbol' ? undefined : value
}

/** What the hook keeps is still redacted; it may be anything, so it is bounded too. */
function asked(hook: RedactHook, value: unknown, path: string): unknown {
  const kept = hook(value, path)
  if (isAsync(kept)) throw new TypeError('redact answered with a promise')
  return bound(kept)
}

function orDropped<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}
