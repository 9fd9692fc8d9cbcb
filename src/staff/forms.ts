import { z } from 'zod'
import { visibleText } from '#sdk/visible.ts'
import { composed, inOrder, storable } from '#src/lib/text.ts'
import { passwordCharsMax, passwordCharsMin } from './password.ts'

const nameCharsMax = 80
const emailCharsMax = 254
const missing = { error: 'Fill this in.' }

const line = (read: (text: string) => string) =>
  z
    .string(missing)
    .transform(read)
    .pipe(
      z
        .string()
        .min(1, missing)
        .max(nameCharsMax, `Use at most ${nameCharsMax} characters.`)
        .regex(/^\P{Cc}*$/u, 'Write it on one line.'),
    )

/** A name that fits on a page: one line of up to 80 characters, all of which can be seen. */
export const nameField = line((text) => composed(visibleText(text)).replace(/ +/g, ' '))

/** A person's, as they spell it: some scripts need the joiners that nobody sees. */
export const personNameField = line((text) => composed(storable(inOrder(text))).replace(/ +/g, ' '))

export const emailField = z
  .string(missing)
  .transform((text) => storable(text).trim().toLowerCase())
  .pipe(z.email('This is not an e-mail address.').max(emailCharsMax, 'This is too long.'))

const wrongLength = `A password has ${passwordCharsMin} to ${passwordCharsMax} characters.`

/** A password that is being chosen. */
export const passwordField = z
  .string(missing)
  .min(passwordCharsMin, wrongLength)
  .max(passwordCharsMax, wrongLength)

/** A password that is there already, whatever rules it was chosen by. */
export const currentPasswordField = z.string(missing).min(1, missing)

/** A sentence a field, for those that are wrong. */
export type FieldProblems = Record<string, string>

type Parsed<T> = { ok: true; data: T } | { ok: false; problems: FieldProblems }

/** The fields of a form, or what is wrong with each; of several problems of a field the first. */
export function parseForm<T>(schema: z.ZodType<T>, form: Record<string, string>): Parsed<T> {
  const parsed = schema.safeParse(form)
  if (parsed.success) return { ok: true, data: parsed.data }
  const problems: FieldProblems = {}
  for (const { path, message } of parsed.error.issues) problems[String(path[0])] ??= message
  return { ok: false, problems }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Whether a part of an address can be an id at all; PostgreSQL fails on what can't. */
export const isId = (text: string): boolean => uuid.test(text)
