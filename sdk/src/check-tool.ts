import type { SupportSettings } from './contract.ts'
import { limits } from './limits.ts'

export const defaultCheckToolName = 'check_support_ticket'

const text = { type: 'string' }

/** The second tool as `tools/list` shows it (MCP 2025-11-25, server/tools). */
export function checkTool({ serverName, auth }: SupportSettings, name = defaultCheckToolName) {
  const title = 'Check support tickets'
  const whose = auth === 'none' ? 'raised in this session' : 'of the user who is signed in'
  return {
    name,
    title,
    description: `Tells the status of support tickets ${whose} at ${serverName}, and the team's answer. Use it when the user asks about a ticket, not to wait for an answer.`,
    inputSchema: {
      type: 'object',
      properties: {
        reference: {
          ...text,
          maxLength: limits.referenceCharsMax,
          description: 'Name of one ticket. Without it, the newest ones.',
        },
      },
    },
    outputSchema: {
      type: 'object',
      properties: {
        tickets: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              reference: text,
              title: text,
              status: { ...text, enum: ['open', 'in progress', 'closed'] },
              createdAt: text,
              answer: text,
            },
            required: ['reference', 'title', 'status', 'createdAt'],
          },
        },
      },
      required: ['tickets'],
    },
    annotations: {
      title,
      readOnlyHint: true,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: false,
    },
  }
}
