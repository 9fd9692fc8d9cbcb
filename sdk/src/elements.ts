import { keepsMeaning, redacted } from './marks.ts'
import type { Names } from './secrets.ts'

const element =
  /((?:<|&lt;|\\u003c)(\p{L}[\p{L}\p{M}\p{N}_.:-]{0,63})(?:\s[^<>&\\]*)?(?:>|&gt;|\\u003e))(<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|(?:(?!&lt;|\\u003c)[^<>])+)/giu

/** `<password>…</password>`, also where the signs are escaped. */
export const withoutElements = (text: string, names: Names) =>
  text.replace(element, (match, tag: string, name: string, value: string) =>
    names.isSecret(name) && !keepsMeaning(value.trim()) ? tag + redacted : match,
  )
