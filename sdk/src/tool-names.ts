import { defaultCheckToolName } from './check-tool.ts'
import type { Log } from './log.ts'
import type { SupportToolOptions } from './options.ts'
import { defaultToolName, isToolName } from './tool.ts'

/** The tools that are served beside the server's own. */
export const ourTools = ['support', 'check'] as const
export type OurTool = (typeof ourTools)[number]
export type ToolNames = Record<OurTool, string>

/** The option that names each of them. */
export const optionOf = { support: 'toolName', check: 'checkToolName' } as const
const usual: ToolNames = { support: defaultToolName, check: defaultCheckToolName }

export function namesOf(options: SupportToolOptions, log: Log): ToolNames {
  const nameOf = (tool: OurTool) => {
    const name = options[optionOf[tool]] ?? usual[tool]
    if (isToolName(name)) return name
    log.once(
      'error',
      `${optionOf[tool]} is 1 to 128 letters, digits, "_", "-" and ".": the tool is called ${usual[tool]}`,
    )
    return usual[tool]
  }
  return { support: nameOf('support'), check: nameOf('check') }
}
