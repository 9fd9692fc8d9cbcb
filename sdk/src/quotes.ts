/** Backslashes before a quote, and which it is: `\"` inside a JSON string. */
export type Quote = { backslashes: number; sign: string }

const closings: Record<string, RegExp> = {
  '"': /(?<!\\)\\*"/g,
  "'": /(?<!\\)\\*'/g,
  '`': /(?<!\\)\\*`/g,
}

/**
 * Where the text that begins at `from` after `quote` ends; -1 where it is not closed. At each level
 * of JSON in JSON backslashes double, so that `\"` ends what `\"` began and `\\\"` is inside it.
 */
export function endOfQuoted(text: string, from: number, { backslashes, sign }: Quote): number {
  const closing = closings[sign] as RegExp
  const period = 2 * (backslashes + 1)
  closing.lastIndex = from
  for (let match = closing.exec(text); match; match = closing.exec(text)) {
    const before = match[0].length - 1
    const at = match.index + before
    if (before >= backslashes && before % period !== backslashes % period) continue
    // SQL, YAML and CSV write a quote twice where it is part of the value; an apostrophe is no end.
    const next = text[at + 1] ?? ''
    const inside = before === 0 && (next === sign || (sign === "'" && /[\p{L}\p{N}]/u.test(next)))
    if (!inside) return Math.max(match.index, at - backslashes)
    closing.lastIndex = at + 2
  }
  return -1
}

const brackets = /(?<!\\)\\*["'`]|[[\]{}]/g

/** Where the list or object that begins at `from` ends, in JSON or code; cut ones end with the text. */
export function endOfContainer(text: string, from: number): number {
  let depth = 0
  let at = from
  while (at < text.length) {
    brackets.lastIndex = at
    const match = brackets.exec(text)
    if (!match) break
    const sign = match[0].at(-1) as string
    at = match.index + match[0].length
    if (sign === '[' || sign === '{') depth++
    else if (sign === ']' || sign === '}') {
      if (--depth === 0) return at
    } else {
      const end = endOfQuoted(text, at, { backslashes: match[0].length - 1, sign })
      if (end >= 0) at = end + match[0].length
    }
  }
  return text.length
}
