import { z } from 'zod'
import { visibleText } from '#sdk/visible.ts'
import { type AnswerText, answerLimits, answerLink } from '#src/causes/answer.ts'
import { parseForm } from '#src/staff/forms.ts'

const { bodyCharsMax, linkCharsMax } = answerLimits

const fields = {
  body: z
    .string('Write something.')
    .transform(visibleText)
    .pipe(
      z
        .string()
        .min(1, 'Write something that can be seen.')
        .max(bodyCharsMax, `Use at most ${bodyCharsMax} characters.`),
    ),
  link: z
    .string()
    .default('')
    .transform((text, context) => {
      const link = answerLink(text)
      if (link !== undefined) return link
      const message = `Write an address that begins with https:// and has at most ${linkCharsMax} characters.`
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    }),
}
const schema = z.object(fields)

/** What was typed, to be shown again. */
export type TypedAnswer = { body: string; link: string }
export const typedAnswer = (sent: Record<string, string>): TypedAnswer => ({
  body: sent.body ?? '',
  link: sent.link ?? '',
})

type Read = { ok: true; data: AnswerText } | { ok: false; problems: Record<string, string> }

/** An answer of what was typed, or what is wrong with each field. */
export const readAnswer = (sent: Record<string, string>): Read => parseForm(schema, sent)
