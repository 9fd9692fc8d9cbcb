import { isSecretName } from './secrets.ts'
import { redacted, withoutSecretShapes } from './shapes.ts'

const depthMax = 64

/** A host's own rule: given a value and its path (`arguments.user.name`), returns what to keep. */
export type RedactHook = (value: unknown, path: string) => unknown

/**
 * Takes secrets out of a text that goes with a ticket, in the SDK before it leaves the process and
 * again at the desk. Best effort: it knows names that stand for secrets and shapes that secrets
 * have. It takes linear time, and doing it twice changes nothing more.
 */
export function redactText(text: string): string {
  return withoutSecretShapes(text)
}

/**
 * The same for a JSON-like value: strings by their shape, and whole values by the name of their
 * key, at any depth. Bytes become their size. With a hook, every value that is not a container
 * goes through it first; where it throws, the field is dropped.
 */
export function redactValue(value: unknown, hook?: RedactHook, path = ''): unknown {
  return walk(value, hook, path, 0)
}

function walk(value: unknown, hook: RedactHook | undefined, path: string, depth: number): unknown {
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer)
    return `[binary, ${value.byteLength} bytes]`
  if (typeof value !== 'object' || value === null)
    return leaf(hook && value !== undefined ? hook(value, path) : value)
  if (depth > depthMax) return '[too deep]'
  const inside = (item: unknown, key: string | number) =>
    orDropped(() => walk(item, hook, path ? `${path}.${key}` : String(key), depth + 1))
  if (Array.isArray(value)) return value.map((item, key) => inside(item, key) ?? null)
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [
        redactText(key),
        holdsSecret(key, item) ? redacted : inside(item, key),
      ])
      .filter(([, item]) => item !== undefined),
  )
}

function leaf(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value === 'bigint') return String(value)
  return typeof value === 'function' || typeof value === 'symbol' ? undefined : value
}

/** Yes, no and nothing give nothing away; of numbers, amounts of tokens do not either. */
function holdsSecret(key: string, value: unknown): boolean {
  if (value === null || value === undefined || value === '') return false
  if (typeof value === 'boolean') return false
  if (/^auth$/i.test(key)) return typeof value === 'string'
  return isSecretName(key) && !(typeof value === 'number' && /tokens?$/i.test(key))
}

function orDropped<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}
