import type { CapturedCall } from '#sdk/contract.ts'
import { utc } from '#src/lib/time.ts'
import type { TicketDetail } from '#src/tickets/ticket.ts'
import { requestOf } from './json-rpc.ts'
import { titleOf } from './words.ts'

/**
 * A ticket as the text of a GitHub issue. What others wrote stands in code only, where GitHub Flavored
 * Markdown makes no link, no mention and no markup of it. Who raised it is left out.
 */
export function githubIssue(ticket: TicketDetail, reference: string): string {
  const { server, context, description, reporter, createdAt } = ticket
  const own = (text: string) => withheld(text, [reporter.email, reporter.name, reporter.subject])
  const calls = context?.calls.filter(({ outcome }) => outcome === 'error') ?? []
  const programs = [
    ['Server', named(context?.server) ?? server.slug],
    ['Client', named(context?.client)],
    ['Protocol', context?.protocolVersion],
    ['Tool', ticket.failedTool],
    ['Received', utc(createdAt)],
    ['Ticket', reference],
  ].flatMap(([term, text]) => (text ? [`- ${term}: ${code(own(text))}`] : []))
  return [
    `### ${code(own(titleOf(ticket)))}`,
    fenced(own(description.trim() || 'No description.')),
    programs.join('\n'),
    ...calls.flatMap((call) => failure(call, own)),
  ].join('\n\n')
}

function failure(call: CapturedCall, own: (text: string) => string): string[] {
  const failed = `Failed call: ${code(own(call.tool))}`
  return [
    failed,
    fenced(own(requestOf(call)), 'json'),
    ...(call.error ? [fenced(own(call.error))] : []),
  ]
}

const named = (of: { name: string; version?: string } | undefined) =>
  of && [of.name, of.version].filter(Boolean).join(' ')

/** Text without the words that tell who raised the ticket, however they are capitalised. */
function withheld(text: string, words: (string | null)[]): string {
  const known = words.filter((word) => word !== null && word.trim().length >= wordCharsMin)
  if (known.length === 0) return text
  const any = known.map((word) => RegExp.escape(word?.trim() ?? '')).join('|')
  return text.replace(new RegExp(any, 'gi'), '[reporter]')
}
/** Shorter ones would be found in other words. */
const wordCharsMin = 4

const longestRun = (text: string): number =>
  Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length))

/** A code span on one line (CommonMark 6.1): its fence is longer than any run of backticks in it. */
function code(text: string): string {
  const line = oneLine(text)
  const fence = '`'.repeat(longestRun(line) + 1)
  const space = /^`|`$/.test(line) ? ' ' : ''
  return `${fence}${space}${line}${space}${fence}`
}

/** A fenced block (CommonMark 4.5), which nothing in it can end. */
function fenced(text: string, language = 'text'): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1))
  return `${fence}${language}\n${text.replace(/\r\n?/g, '\n')}\n${fence}`
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim() || '…'
