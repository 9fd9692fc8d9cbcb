import type { ParseArgsOptionsConfig } from 'node:util'
import { visibleText } from '#sdk/visible.ts'
import type { Config } from '#src/config.ts'

export type Values = Record<string, string | boolean | undefined>

/** One command of the program. `run` returns what it made, or a sentence on why it could not. */
export type Command = {
  name: string
  summary: string
  /** How its options are written, for `--help`. */
  usage: string
  options: ParseArgsOptionsConfig
  /** Options without which the command can't run. */
  required: string[]
  run(config: Config, values: Values): Promise<Outcome>
}

export type Outcome =
  | { ok: true; made?: Record<string, string>; says?: string }
  | { ok: false; problem: string }

/** The option as a text; required ones were checked before. */
export const textOf = (values: Values, name: string): string => {
  const value = values[name]
  return typeof value === 'string' ? value.trim() : ''
}

const nameCharsMax = 80

/** Why a `--name` can't be shown on a page, or null. */
export const nameProblem = (name: string): string | null =>
  name.length > nameCharsMax || visibleText(name) !== name || name.includes('\n')
    ? `The --name has at most ${nameCharsMax} characters that can be seen, on one line.`
    : null
