import type { CheckedTicket, Receipt } from './contract.ts'
import { cutChars } from './fit.ts'
import { limits } from './limits.ts'
import { visibleText } from './visible.ts'

/** A receipt of the desk; nothing where something in between answered, which knows no reference. */
export function readReceipt(value: unknown): Receipt | undefined {
  const { answer, ...receipt } = (value ?? {}) as Receipt
  return typeof receipt.reference === 'string' ? { ...receipt, ...answerOf(answer) } : undefined
}

/** The tickets of an answer to `support.checkTickets`, bounded, without what nobody sees. */
export function readTickets(value: unknown): CheckedTicket[] | undefined {
  const { tickets } = (value ?? {}) as { tickets?: unknown }
  return Array.isArray(tickets)
    ? tickets.slice(0, limits.checkedTicketsMax).flatMap((ticket) => readTicket(ticket) ?? [])
    : undefined
}

function readTicket(value: unknown): CheckedTicket | undefined {
  const { reference, title, status, createdAt, answer } = (value ?? {}) as CheckedTicket
  const at = Date.parse(createdAt)
  if (typeof reference !== 'string' || Number.isNaN(at)) return undefined
  const line = (text: unknown, charsMax: number) =>
    cutChars(visibleText(String(text)).replaceAll('\n', ' '), charsMax)
  return {
    reference: line(reference, limits.referenceCharsMax),
    title: line(title, limits.titleCharsMax),
    status: status === 'closed' || status === 'in_progress' ? status : 'open',
    createdAt: new Date(at).toISOString(),
    ...answerOf(answer),
  }
}

function answerOf(answer: unknown): { answer?: string } {
  const text = typeof answer === 'string' && visibleText(answer)
  return text ? { answer: cutChars(text, limits.answerCharsMax) } : {}
}
