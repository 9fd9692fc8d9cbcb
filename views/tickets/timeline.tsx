import type { CapturedCall, TicketContext } from '#sdk/contract.ts'
import { duration } from '#src/lib/time.ts'
import { contextPath } from '#views/paths.ts'
import { Call } from './call.tsx'

type TimelineProps = {
  organization: string
  /** Of the ticket. */
  number: number
  context: TicketContext | null
  raisedAt: Date
  /** Whether the calls went with who made them. */
  isErased?: boolean
}

/** What happened in the session before the ticket, up to the ticket itself. */
export function Timeline({
  organization,
  number,
  context,
  raisedAt,
  isErased = false,
}: TimelineProps) {
  const calls = context?.calls ?? []
  return (
    <section class="section" aria-labelledby="session-title">
      <header>
        <h2 id="session-title">Session before the ticket</h2>
        {calls.length > 0 && <span class="faint small">{summary(calls, raisedAt)}</span>}
        <span class="grow" />
        {context && (
          <a class="link small tap" href={contextPath(organization, number)}>
            Raw JSON
          </a>
        )}
      </header>
      {calls.length > 0 ? (
        <ol class="timeline">
          {calls.map((call) => (
            <Call call={call} raisedAt={raisedAt} />
          ))}
          <li class="call ticket">
            <div class="line">
              <span class="offset">0:00</span>
              <span class="node" />
              <span class="tool clip">get_support_tool</span>
            </div>
          </li>
        </ol>
      ) : (
        <p class="note">{missing(context, isErased)}</p>
      )}
    </section>
  )
}

function missing(context: TicketContext | null, isErased: boolean): string {
  if (context) return 'No tool was called before this ticket.'
  return isErased
    ? 'The calls before this ticket, if there were any, were erased with its reporter.'
    : 'No context came with this ticket. What a server sends along is set per server.'
}

function summary(calls: CapturedCall[], raisedAt: Date): string {
  const failed = calls.filter(({ outcome }) => outcome === 'error').length
  const first = new Date(calls[0]?.at ?? '').getTime()
  return [
    calls.length === 1 ? '1 call' : `${calls.length} calls`,
    failed > 0 && `${failed} failed`,
    duration(raisedAt.getTime() - first),
  ]
    .filter(Boolean)
    .join(', ')
}
