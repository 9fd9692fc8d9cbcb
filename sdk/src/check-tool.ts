import type { CheckedTicket, SupportSettings } from './contract.ts'
import { limits } from './limits.ts'

export const defaultCheckToolName = 'check_support_ticket'

/** Statuses in words for people. */
export const statusWords: Record<CheckedTicket['status'], string> = {
  open: 'open',
  in_progress: 'in progress',
  closed: 'closed',
}

const text = (description: string) => ({ type: 'string', description })

/** The second tool as `tools/list` shows it (MCP 2025-11-25, server/tools). */
export function checkTool({ serverName, auth }: SupportSettings, name: string, raising: string) {
  const title = 'Check support tickets'
  return {
    name,
    title,
    description: [
      `Tells what became of the user's own support tickets at ${serverName}, which were raised by ${raising}: whether they are open, in progress or closed, and the team's answer if there is one.`,
      auth === 'none'
        ? 'It knows only of those that were raised in this session.'
        : 'It knows only of those of the user who is signed in.',
      'Use it when the user asks about a ticket. Do not call it repeatedly to wait for an answer.',
    ].join(' '),
    inputSchema: {
      type: 'object',
      properties: {
        reference: {
          ...text('Name of one ticket, as the user was given it. Without it, the newest ones.'),
          maxLength: limits.referenceCharsMax,
        },
      },
    },
    outputSchema: {
      type: 'object',
      properties: {
        tickets: {
          type: 'array',
          maxItems: limits.checkedTicketsMax,
          description: 'Newest first.',
          items: {
            type: 'object',
            properties: {
              reference: text('Name of the ticket.'),
              title: text('The problem in one line, as it was raised.'),
              status: { type: 'string', enum: Object.values(statusWords) },
              createdAt: text('When it arrived: RFC 3339, in UTC.'),
              answer: text('What the support team tells the user about it.'),
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
