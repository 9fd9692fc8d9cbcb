import { type Answer, createClient } from './client.ts'
import type { CheckedTicket, CheckInput } from './contract.ts'
import { createDelivery, type Delivery } from './deliver.ts'
import { createFault } from './fault.ts'
import { createHistory, type History } from './history.ts'
import { createLog, type Fault, type Log, type Logger } from './log.ts'
import { createNamings, type Namings } from './naming.ts'
import { readReceipt, readTickets } from './receipt.ts'
import { createRepeats, type Repeats } from './repeats.ts'
import { createSettings, type Settings } from './settings.ts'
import type { Timing } from './timing.ts'

/** Of a process that serves many companies, each with a key of its own. */
const desksMax = 1_000

/** All that one process keeps for one key. */
export type Desk = {
  settings: Settings
  delivery: Delivery
  history: History
  log: Log
  fault: Fault
  repeats: Repeats
  /** Asks once what became of tickets, and keeps nothing of the answer. */
  check(input: CheckInput, withinMs: number, signal: AbortSignal): Promise<Answer<CheckedTicket[]>>
  /** Of the servers of this key, as the last to list its tools has it. */
  naming: Namings
  /** Name and version of the server, as it last introduced itself to a client. */
  server?: { name: string; version?: string }
}

type Open = { desk: Desk; logger: Logger | undefined }

/** The least recently asked for comes first. */
const desks = new Map<string, Open>()

/**
 * The desk behind this address and key. Stateless hosts make a server object for each request;
 * all of them share one desk.
 */
export function deskAt(url: string, key: string, logger: Logger | undefined, timing: Timing): Desk {
  const id = JSON.stringify([url, key])
  const open = desks.get(id) ?? openDesk(url, key, timing)
  open.logger = logger ?? open.logger
  desks.delete(id)
  desks.set(id, open)
  if (desks.size > desksMax) closeIdle(id)
  return open.desk
}

/** A desk where no ticket waits is opened anew when it is needed. */
function closeIdle(but: string) {
  for (const [id, { desk }] of desks) {
    if (id === but || !desk.delivery.idle()) continue
    desks.delete(id)
    if (desks.size <= desksMax) return
  }
}

function openDesk(url: string, key: string, timing: Timing): Open {
  const log = createLog(() => open.logger)
  const fault = createFault(log)
  const call = createClient(url, key, log, timing)
  const settings: Settings = createSettings(
    () => call('query', 'support.settings', undefined, { withinMs: timing.settingsAttemptMs }),
    () => delivery.resume(),
    log,
    fault,
    timing,
  )
  const delivery = createDelivery(
    async (ticket, idempotencyKey, signal) =>
      understood(
        await call('mutation', 'support.createTicket', ticket, { idempotencyKey, signal }),
        readReceipt,
      ),
    (problem) => {
      const { code } = problem
      if (code === 'key_invalid' || code === 'support_disabled') settings.revoke(problem)
    },
    log,
    fault,
    timing,
  )
  const check: Desk['check'] = async (input, withinMs, signal) =>
    understood(
      await call('mutation', 'support.checkTickets', input, { withinMs, signal }),
      readTickets,
    )
  const history = createHistory()
  const repeats = createRepeats(timing.now)
  const naming = createNamings()
  const desk = { settings, delivery, history, repeats, check, naming, log, fault }
  const open: Open = { desk, logger: undefined }
  return open
}

/** What cannot be read did not come from the desk; something in between answered. */
function understood<T>(
  answer: Answer<unknown>,
  read: (value: unknown) => T | undefined,
): Answer<T> {
  if (!answer.ok) return answer
  const value = read(answer.value)
  return value === undefined
    ? { ok: false, problem: { message: 'not an answer of the desk', retry: true } }
    : { ok: true, value }
}
