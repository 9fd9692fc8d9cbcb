import type { CapturedCall } from '#sdk/contract.ts'
import { duration, offset } from '#src/lib/time.ts'
import { pretty } from './pretty.ts'
import { Redacted } from './redacted.tsx'

type CallProps = { call: CapturedCall; raisedAt: Date }

/** A captured call: one line, and for a failed one what was asked and what came back. */
export function Call({ call, raisedAt }: CallProps) {
  const line = (
    <>
      <span class="offset">{offset(new Date(call.at), raisedAt)}</span>
      <span class="node" />
      <span class="tool clip">{call.tool}</span>
      {call.outcome === 'error' && <span class="tag bad">failed</span>}
      {call.outcome === 'pending' && <span class="tag">no answer yet</span>}
      <span class="took">{call.durationMs === undefined ? '' : duration(call.durationMs)}</span>
    </>
  )
  const asked = call.arguments === undefined ? undefined : pretty(call.arguments)
  if (asked === undefined && !call.error)
    return (
      <li class={['call', call.outcome]}>
        <div class="line">{line}</div>
      </li>
    )
  return (
    <li class={['call', call.outcome]}>
      <details open={call.outcome === 'error'}>
        <summary class="line">{line}</summary>
        <div class="exchange">
          {asked !== undefined && (
            <div>
              <h3>Arguments</h3>
              <pre>
                <Redacted text={asked} />
              </pre>
            </div>
          )}
          {call.error && (
            <div>
              <h3>Error</h3>
              <pre dir="auto">
                <Redacted text={call.error} />
              </pre>
            </div>
          )}
        </div>
      </details>
    </li>
  )
}
