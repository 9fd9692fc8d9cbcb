import { cutText, windowed } from './cut.ts'
import { orDropped } from './hooks.ts'
import type { Fault, Log } from './log.ts'
import { redactText } from './redact.ts'

const textBytesMax = 1_000

/** Tells one of each class of errors, since their texts may be as many as there are calls. */
export function createFault(log: Log): Fault {
  return (error, where = '') => {
    const className = orDropped(() => (error as Error).constructor.name.slice(0, 100))
    const told = () => `the support tool stood aside: ${where && `${where}: `}${textOf(error)}`
    log.once('error', told, `fault ${where} ${className}`)
  }
}

/** The error may be anything that can be thrown, so it need not have a text. */
export const textOf = (error: unknown): string =>
  orDropped(() => cutText(redactText(windowed(String(error))), textBytesMax)) ??
  'an error without a text'
