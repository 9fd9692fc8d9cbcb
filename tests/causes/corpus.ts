import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A part of an error text: fixed, or a value that differs from call to call. */
export type Part = { kind: string | null; text: string }
export type ErrorText = { cause: string; tool: string; parts: Part[] }

/** The error texts of a part of the corpus; messages/README.md says what they are. */
export function readCorpus(part: 'development' | 'held-out'): ErrorText[] {
  const directory = join(import.meta.dir, 'messages', part)
  return readdirSync(directory).flatMap((file) =>
    readFileSync(join(directory, file), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => {
        const { cause, tool, text } = JSON.parse(line)
        return { cause, tool, parts: partsOf(text) }
      }),
  )
}

export const plainText = (parts: Part[]): string => parts.map(({ text }) => text).join('')

function partsOf(text: string): Part[] {
  const parts: Part[] = []
  const literal = (part: string) => part.replace(/\\([\\{}])/g, '$1')
  let at = 0
  for (const found of text.matchAll(/\\[\\{}]|\{(\w+):((?:\\.|[^\\}])*)\}/gs)) {
    const [all, kind, value] = found
    if (kind === undefined) continue
    parts.push({ kind: null, text: literal(text.slice(at, found.index)) })
    parts.push({ kind, text: literal(value ?? '') })
    at = found.index + all.length
  }
  parts.push({ kind: null, text: literal(text.slice(at)) })
  return parts.filter((part) => part.text !== '')
}
