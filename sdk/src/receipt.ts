import type { CheckedTicket, Receipt } from './contract.ts'
import { cutChars } from './fit.ts'
import { limits } from './limits.ts'
import { visibleText } from './visible.ts'

/** A receipt of the desk; nothing where something in between answered, which knows no reference. */
export function readReceipt(value: unknown): Receipt | undefined {
  const given = value as Receipt | null
  if (typeof given?.reference !== 'string') return undefined
  const { answer, ...receipt } = given
  return { ...receipt, ...answerOf(answer) }
}

/** The tickets of an answer to `support.checkTickets`, bounded, without what nobody sees. */
export function readTickets(value: unknown): CheckedTicket[] | undefined {
  const { tickets } = (value ?? {}) as { tickets?: unknown }
  if (!Array.isArray(tickets)) return undefined
  return tickets.slice(0, limits.checkedTicketsMax).flatMap((ticket) => readTicket(ticket) ?? [])
}

function readTicket(value: unknown): CheckedTicket | undefined {
  const { reference, title, status, createdAt, answer } = (value ?? {}) as Partial<CheckedTicket>
  const at = new Date(String(createdAt))
  if (typeof reference !== 'string' || Number.isNaN(at.getTime())) return undefined
  return {
    reference: line(reference, limits.referenceCharsMax),
    title: line(String(title ?? ''), limits.titleCharsMax),
    status: status === 'closed' || status === 'in_progress' ? status : 'open',
    createdAt: at.toISOString(),
    ...answerOf(answer),
  }
}

function answerOf(answer: unknown): { answer?: string } {
  const text = typeof answer === 'string' ? visibleText(answer) : ''
  return text === '' ? {} : { answer: cutChars(text, limits.answerCharsMax) }
}

const line = (text: string, charsMax: number) =>
  cutChars(visibleText(text).replaceAll('\n', ' '), charsMax)
