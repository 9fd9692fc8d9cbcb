import type { SupportSettings } from './contract.ts'
import { limits } from './limits.ts'

export const defaultToolName = 'get_support_tool'

/** What MCP 2025-11-25 (server/tools, Tool Names) lets a tool be called. */
export const isToolName = (name: string) => /^[\w.-]{1,128}$/.test(name)

/**
 * The tool as `tools/list` shows it (MCP 2025-11-25, server/tools). That it is idempotent is true
 * within the bounds of `Repeats`.
 */
export function supportTool(settings: SupportSettings, toolName = defaultToolName) {
  const { title, categories, auth } = settings
  return {
    name: toolName,
    title,
    description: [sentence(settings.description), ...guidance(settings)].filter(Boolean).join(' '),
    inputSchema: {
      type: 'object',
      properties: {
        title: {
          type: 'string',
          minLength: limits.titleCharsMin,
          maxLength: limits.titleCharsMax,
          description: 'The problem or question in one line.',
        },
        description: {
          type: 'string',
          minLength: 1,
          maxLength: limits.descriptionCharsMax,
          description: 'What the user wanted, what was tried, and the exact error text.',
        },
        ...(categories.length > 0 && {
          category: { type: 'string', enum: categories, description: 'The kind of request.' },
        }),
        ...(auth === 'none' && {
          email: {
            type: 'string',
            format: 'email',
            maxLength: limits.emailCharsMax,
            description: 'Where the user can be reached. Ask the user; never guess it.',
          },
        }),
      },
      required: ['title', 'description', ...(auth === 'none' ? ['email'] : [])],
    },
    outputSchema: {
      type: 'object',
      properties: {
        status: { type: 'string', enum: ['received', 'queued'] },
        reference: { type: 'string', description: 'Name of the ticket, for the user to keep.' },
        answer: { type: 'string', description: 'What the support team already knows about it.' },
      },
      required: ['status'],
    },
    annotations: {
      title,
      readOnlyHint: false,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: false,
    },
  }
}

/** Tells a model when to use the tool and when not; clients show it nothing else reliably. */
function guidance({ serverName, context }: SupportSettings): string[] {
  return [
    `Opens one support ticket that a person at ${serverName} reads; an answer at once is rare.`,
    'Use it when the user asks for help or support, or wants to report a problem.',
    'If a tool of this server keeps failing after a sensible retry, first finish what can be done without it, then offer once to open a ticket, and call this only after the user agrees.',
    'Do not offer it for mistakes you can correct yourself.',
    context === 'off'
      ? ''
      : `${context === 'recent' ? "The user's recent calls" : 'The call it is about'} to this server will be attached with secrets removed.`,
    'Never include passwords, tokens or whole conversations.',
    'Call it once per problem, and tell the user the reference and any answer it returns.',
  ]
}

/** The company's words end like a sentence, so that ours can follow. */
const sentence = (words: string): string => words.trim().replace(/(?<=[\p{L}\p{N}])$/u, '.')
