import type { AuthMode, TicketInput } from './contract.ts'
import { isEmail, plainText, redactedWithin } from './fit.ts'
import { limits } from './limits.ts'
import { redacted } from './marks.ts'
import type { Redactor } from './redact.ts'

export type Checked =
  | {
      ok: true
      words: Pick<TicketInput, 'title' | 'description' | 'category' | 'email'>
      /** The same before they were redacted. */
      given: string[]
    }
  | { ok: false; sentence: string }

/** Reads the arguments a model gave. Its words are redacted; a wrong one is answered in a sentence. */
export function readArguments(given: unknown, auth: AuthMode, redactor: Redactor): Checked {
  const args = (typeof given === 'object' && given !== null ? given : {}) as Record<string, unknown>
  const title = plainText(args.title)
  const description = plainText(args.description)
  const email = plainText(args.email)
  const category = plainText(args.category).slice(0, limits.descriptionCharsMax)

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
    given: [title, description, category, email],
    words: {
      title: kept(title, 'title', limits.titleCharsMin, limits.titleCharsMax, redactor),
      description: kept(description, 'description', 1, limits.descriptionCharsMax, redactor),
      ...(category && {
        category: redactedWithin(category, limits.categoryCharsMax, redactor.text),
      }),
      ...(auth === 'none' && { email }),
    },
  }
}

function outside(name: string, value: string, min: number, max: number) {
  if (value.length >= min && value.length <= max) return undefined
  const size = value ? `, not ${value.length}` : ''
  return `${name} must be a text of ${min} to ${max} characters${size}`
}

/** The words as they leave the process. What the hook leaves too little of is left out whole. */
function kept(words: string, path: string, min: number, max: number, redactor: Redactor): string {
  const { [path]: left } = redactor.value({ [path]: words }) as Record<string, unknown>
  const text = plainText(left)
  return text.length >= min ? redactedWithin(text, max, redactor.text) : redacted
}
