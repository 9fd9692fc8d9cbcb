import type { Reporter } from './contract.ts'
import type { AuthInfo } from './identity.ts'
import type { Logger } from './log.ts'
import type { RedactHook } from './redact.ts'

export type SupportToolOptions = {
  /** Address of this server at the desk, as the desk prints it: `MCP_OBS_URL`. */
  url: string | undefined
  /** Key of this server, as the desk printed it once: `MCP_OBS_KEY`. */
  key: string | undefined
  /**
   * Name of the tool, for a server that has its own by that name. `get_support_tool` by default.
   * A server's own tool is known from the first whole list of tools that its process answers; a
   * call before that, as right after a restart, is answered by ours.
   */
  toolName?: string
  /**
   * Name of the tool that tells what became of a ticket, `check_support_ticket` by default. It is
   * there only where the desk's staff have switched it on.
   */
  checkToolName?: string
  /** Is told what goes wrong. Silent by default: nothing is ever written to stdout or stderr. */
  logger?: Logger
  /**
   * Sees each value of a failed call's arguments and error, and the ticket's own words, before
   * they leave the process, and returns what to keep. Where it throws, or answers with a
   * promise, the field is dropped. The SDK's own redaction follows in any case.
   */
  redact?: RedactHook
  /**
   * Names that hold a secret or a personal datum in this server's calls: `employee_id`, `x-tenant`.
   * Read as words in any spelling; what stands under one never leaves the process.
   */
  redactKeys?: readonly string[]
  /**
   * Who the verified token speaks for. Without it: `iss`, `sub`, `email`, `name` and `sid` of
   * `authInfo.extra`, e-mail and name also by the names of claims chosen at the desk. Where the desk
   * signs your users in, `sid` is needed. Called for every tool call, so keep it cheap; it cannot be
   * async.
   */
  reporter?: (authInfo: AuthInfo) => Reporter | undefined
}

/** What the tool cannot be added with, in words for the developer. */
export function wrongIn(options: SupportToolOptions): string | undefined {
  const { redactKeys } = options
  if (redactKeys !== undefined && !isListOfTexts(redactKeys))
    return "redactKeys is a list of names, such as ['employee_id']"
  return (['logger', 'redact', 'reporter'] as const)
    .filter((name) => options[name] !== undefined && typeof options[name] !== 'function')
    .map((name) => `${name} is a function`)[0]
}

const isListOfTexts = (value: unknown) =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')

/** Whether both ask for the same; of functions, only the same one does the same. */
export function isSame(options: SupportToolOptions, others: SupportToolOptions): boolean {
  const { redactKeys, ...rest } = options
  const { redactKeys: otherKeys, ...otherRest } = others
  const names = Object.keys({ ...rest, ...otherRest }) as (keyof typeof rest)[]
  return (
    names.every((name) => rest[name] === otherRest[name]) &&
    JSON.stringify(redactKeys) === JSON.stringify(otherKeys)
  )
}
