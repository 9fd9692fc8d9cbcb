import type { TicketInput } from './contract.ts'
import type { Filed } from './deliver.ts'
import { digest } from './digest.ts'

const repeatsMax = 200
const repeatsAgeMsMax = 10 * 60_000

/** How a call of the support tool becomes a ticket, if it does. */
type Filing = {
  caller: string | undefined
  /** The words as they were given, of a sign that names the one who has no caller. */
  given: string[]
  signal: AbortSignal
  make(): Promise<TicketInput>
  send(ticket: TicketInput): Promise<Filed>
}

/**
 * Files a ticket once however often it is asked to within ten minutes, which makes the tool
 * idempotent as MCP has it: the same arguments again have no further effect. It covers one process
 * and its last 200 tickets, of the same caller or, where nothing tells callers apart, of the same
 * e-mail address. The answer is the first one's, which a call at the same time waits for. A refused
 * ticket is filed anew; one that was called off is sent again as it was.
 */
export type Repeats = (filing: Filing) => Promise<Filed>

type Raised = { at: number; ticket?: Promise<TicketInput>; filed?: Promise<Filed> | undefined }

export function createRepeats(now: () => number): Repeats {
  const raised = new Map<string, Raised>()

  const remembered = (name: string) => {
    for (const [oldest, { at }] of raised) {
      if (raised.size <= repeatsMax && now() - at < repeatsAgeMsMax) break
      raised.delete(oldest)
    }
    const known = raised.get(name) ?? { at: now() }
    raised.set(name, known)
    return known
  }
  const attempt = async (name: string, known: Raised, { make, send, signal }: Filing) => {
    let filed: Filed | undefined
    try {
      known.ticket ??= make()
      filed = await send(await known.ticket)
      return filed
    } finally {
      if (!filed || filed.status === 'refused') raised.delete(name)
      else if (filed.status === 'queued' && signal.aborted) known.filed = undefined
      else delete known.ticket
    }
  }
  const file = async (name: string, filing: Filing): Promise<Filed> => {
    const known = remembered(name)
    known.filed ??= attempt(name, known, filing)
    const filed = await known.filed
    const calledOff = known.filed === undefined && !filing.signal.aborted
    return calledOff ? file(name, filing) : filed
  }
  return async (filing) => file(await digest(JSON.stringify([filing.caller, filing.given])), filing)
}
