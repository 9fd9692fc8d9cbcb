import { z } from 'zod'
import { visibleText } from '#sdk/visible.ts'
import { type AnswerText, answerLink, answerText } from '#src/causes/answer.ts'
import { type AnswerPreview, answerLimits } from '#src/causes/cause.ts'
import { parseForm } from '#src/staff/forms.ts'

const { bodyCharsMax, linkCharsMax } = answerLimits

const schema = z.object({
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
})

/** What was typed, to be shown again. */
export type TypedAnswer = { body: string; link: string }
export const typedAnswer = (sent: Record<string, string>): TypedAnswer => ({
  body: sent.body ?? '',
  link: sent.link ?? '',
})

type Read = { ok: true; data: AnswerText } | { ok: false; problems: Record<string, string> }

/** An answer of what was typed, or what is wrong with each field. */
export const readAnswer = (sent: Record<string, string>): Read => parseForm(schema, sent)

/** What a model would be told of what is typed, whether it can be saved yet or not. */
export function previewOf(sent: Record<string, string>): AnswerPreview {
  const { body, link } = typedAnswer(sent)
  const words = visibleText(body)
  const read = readAnswer(sent)
  const text = words && answerText({ body: words, link: answerLink(link) ?? null })
  return { text, chars: words.length, problems: read.ok ? {} : read.problems }
}
