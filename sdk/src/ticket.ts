import type { AuthMode, TicketInput } from './contract.ts'
import { storable } from './cut.ts'
import { limits } from './limits.ts'
import { type RedactHook, redactText, redactValue } from './redact.ts'

export type Checked =
  | { ok: true; words: Pick<TicketInput, 'title' | 'description' | 'category' | 'email'> }
  | { ok: false; sentence: string }

/** Reads the arguments a model gave. Its words are redacted; a wrong one is answered in a sentence. */
export function readArguments(given: unknown, auth: AuthMode, hook?: RedactHook): Checked {
  const args = (typeof given === 'object' && given !== null ? given : {}) as Record<string, unknown>
  const title = text(args.title)
  const description = text(args.description)
  const email = text(args.email)
  const category = text(args.category).slice(0, limits.categoryCharsMax)

  const wrong = [
    outside('title', title, limits.titleCharsMin, limits.titleCharsMax),
    outside('description', description, 1, limits.descriptionCharsMax),
    auth === 'none' && !isEmail(email)
      ? 'email must be the address at which the user can be reached; ask the user for it'
      : undefined,
  ].filter((sentence) => sentence !== undefined)
  if (wrong.length > 0) return { ok: false, sentence: wrong.join('; ') }

  return {
    ok: true,
    words: {
      title: redacted(title, 'title', hook).slice(0, limits.titleCharsMax),
      description: redacted(description, 'description', hook).slice(0, limits.descriptionCharsMax),
      ...(category && { category: redactText(category).slice(0, limits.categoryCharsMax) }),
      ...(auth === 'none' && { email }),
    },
  }
}

const text = (value: unknown) => (typeof value === 'string' ? storable(value).trim() : '')

function outside(name: string, value: string, min: number, max: number) {
  if (value.length >= min && value.length <= max) return undefined
  const size = value ? `, not ${value.length}` : ''
  return `${name} must be a text of ${min} to ${max} characters${size}`
}

/** One @ between two parts without spaces: whether it exists, only a message can tell. */
const isEmail = (email: string) =>
  email.length <= limits.emailCharsMax && /^[^\s@<>]{1,64}@[^\s@<>]+\.[^\s@<>.]+$/.test(email)

function redacted(value: string, path: string, hook?: RedactHook): string {
  const { [path]: kept } = redactValue({ [path]: value }, hook) as Record<string, unknown>
  return typeof kept === 'string' ? kept : '[redacted]'
}
