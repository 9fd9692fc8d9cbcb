import { defaultCheckToolName } from './check-tool.ts'
import type { Log } from './log.ts'
import type { SupportToolOptions } from './options.ts'
import { defaultToolName, isToolName } from './tool.ts'

/** The tools that are served beside the server's own. */
export type OurTool = 'support' | 'check'

/** The second has no name where the first took it. */
export type ToolNames = { support: string; check: string | undefined }

export function namesOf(options: SupportToolOptions, log: Log): ToolNames {
  const support = nameOf(options, 'toolName', defaultToolName, log)
  const check = nameOf(options, 'checkToolName', defaultCheckToolName, log)
  if (check !== support) return { support, check }
  log.once('error', 'toolName and checkToolName are the same: tickets cannot be checked')
  return { support, check: undefined }
}

function nameOf(
  options: SupportToolOptions,
  option: 'toolName' | 'checkToolName',
  usual: string,
  log: Log,
): string {
  const name = options[option] ?? usual
  if (isToolName(name)) return name
  log.once(
    'error',
    `${option} is 1 to 128 letters, digits, "_", "-" and ".": the tool is called ${usual}`,
  )
  return usual
}
