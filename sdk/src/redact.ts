import { cardMark, isCardNumber, withoutCards } from './cards.ts'
import { bound } from './cut.ts'
import { withoutElements } from './elements.ts'
import { withoutFlags, withoutLogins } from './flags.ts'
import { holdsSecret, isValueKey, nameBeside, withoutPaired } from './holding.ts'
import { isAsync, orDropped } from './hooks.ts'
import { redacted } from './marks.ts'
import { withoutPairs } from './pairs.ts'
import { plain } from './plain.ts'
import { unseamed } from './seams.ts'
import { createNames } from './secrets.ts'
import { withoutShapes } from './shapes.ts'

/** Too short, and of too few signs, to hold what any rule looks for. */
const plainKey = /^[A-Za-z_]{1,15}$/
const depthMax = 64
const roundsMax = 8

/** A host's own rule: given a value and its path (`arguments.user.name`), returns what to keep. */
export type RedactHook = (value: unknown, path: string) => unknown

/** What a host adds to the SDK's own rules. */
export type RedactorOptions = {
  /** Names that hold a secret or a personal datum: `employee_id`, `x-tenant`. Any spelling. */
  keys?: readonly string[] | undefined
  hook?: RedactHook | undefined
}

export type Redactor = {
  /** Takes secrets out of a text. */
  text(text: string): string
  /**
   * The same for a JSON-like value: strings by their shape, and whole values by the name of their
   * key, at any depth. Bytes become their size. With a hook, every value that is not a container
   * goes through it first; where it throws, or answers with a promise, the field is dropped.
   */
  value(value: unknown, path?: string): unknown
}

/**
 * Takes secrets out of what goes with a ticket, in the SDK before it leaves the process and again
 * at the desk. Best effort: it knows names that stand for secrets and shapes that secrets have. It
 * takes linear time, and doing it twice changes nothing more.
 */
export function createRedactor({ keys, hook }: RedactorOptions = {}): Redactor {
  const names = createNames(keys)

  const once = (text: string) => {
    const bare = withoutCards(withoutElements(withoutLogins(withoutShapes(text)), names))
    return withoutPairs(withoutFlags(bare, names), names)
  }
  const whole = (text: string) => {
    let rest = text
    // What stood glued to a secret may only now have an edge to be found by.
    for (let round = 0; round < roundsMax; round++) {
      const next = once(rest)
      if (next === rest) break
      rest = next
    }
    return rest
  }
  const text = (text: string) => unseamed(text, whole)
  const keyText = (key: string) => (plainKey.test(key) ? key : text(key))

  const walk = (given: unknown, path: string, depth: number, asking: boolean): unknown => {
    const value = typeof given === 'object' && given !== null ? plain(given) : given
    if (typeof value !== 'object' || value === null)
      return asking && hook && value !== undefined
        ? walk(
            asked(hook, typeof value === 'string' ? unseamed(value, whole) : value, path),
            path,
            depth,
            false,
          )
        : leaf(value)
    if (depth > depthMax) return '[too deep]'
    const inside = (key: string | number, item: unknown) =>
      orDropped(() => walk(item, path ? `${path}.${key}` : String(key), depth + 1, asking))
    if (Array.isArray(value))
      return Array.from(
        value,
        (item, at) => withoutPaired(value, at, names) ?? inside(at, item) ?? null,
      )
    const fields = Object.keys(value).map((key): [string, unknown] => [
      key,
      orDropped(() => value[key as keyof typeof value]),
    ])
    const name = nameBeside(fields)
    const isSecret = (key: string, item: unknown) =>
      holdsSecret(key, item, names) ||
      (name !== undefined && isValueKey(key) && holdsSecret(name, item, names))
    return Object.fromEntries(
      fields
        .map(([key, item]) => [keyText(key), isSecret(key, item) ? redacted : inside(key, item)])
        .filter(([, item]) => item !== undefined),
    )
  }
  const leaf = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value)
    if (typeof value === 'number' || typeof value === 'bigint') return amount(value)
    return typeof value === 'function' || typeof value === 'symbol' ? undefined : value
  }
  return { text, value: (value, path = '') => walk(value, path, 0, true) }
}

function amount(value: number | bigint) {
  if (isCardNumber(String(value))) return cardMark
  return typeof value === 'bigint' ? String(value) : value
}

/** What the hook keeps is still redacted; it may be anything, so it is bounded too. */
function asked(hook: RedactHook, value: unknown, path: string): unknown {
  const kept = hook(value, path)
  if (isAsync(kept)) throw new TypeError('redact answered with a promise')
  return bound(kept)
}

const builtIn = createRedactor()

/** By the SDK's own rules alone, as the desk does. */
export const redactText = (text: string): string => builtIn.text(text)
export const redactValue = (value: unknown): unknown => builtIn.value(value)
