import { visibleText } from '#sdk/visible.ts'
import { answerLimits } from './cause.ts'

/** What the next reporters of a cause are told. */
export type AnswerText = { body: string; link: string | null }

/**
 * A link as it is kept: an https address as URL writes it (WHATWG URL), without a password. Null
 * where nothing was typed, undefined where it is no such address.
 */
export function answerLink(typed: string): string | null | undefined {
  const text = visibleText(typed)
  if (text === '') return null
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'https:' || url.username || url.password) return undefined
  return url.href.length > answerLimits.linkCharsMax ? undefined : url.href
}

/**
 * An answer as a model sees it: in the reporter's receipt, and in the preview for staff. It is
 * cleaned again here, so that nothing unseen can go out by any other way into the table.
 */
export function answerText({ body, link }: AnswerText): string {
  const words = visibleText(body)
  return link ? `${words}\nMore: ${visibleText(link).replaceAll('\n', ' ')}` : words
}
