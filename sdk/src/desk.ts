import { type Answer, createClient } from './client.ts'
import type { Receipt } from './contract.ts'
import { createDelivery, type Delivery } from './deliver.ts'
import { createFault } from './fault.ts'
import { createHistory, type History } from './history.ts'
import { createLog, type Fault, type Log, type Logger } from './log.ts'
import { createNaming, type Naming } from './naming.ts'
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
  /** Of the servers of this key, as the last to list its tools has it. */
  naming: Naming
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
      asReceipt(await call('mutation', 'support.createTicket', ticket, { idempotencyKey, signal })),
    (problem) => {
      const { code } = problem
      if (code === 'key_invalid' || code === 'support_disabled') settings.revoke(problem)
    },
    log,
    fault,
    timing,
  )
  const history = createHistory()
  const repeats = createRepeats(timing.now)
  const desk = { settings, delivery, history, repeats, naming: createNaming(), log, fault }
  const open: Open = { desk, logger: undefined }
  return open
}

/** A receipt without a reference did not come from the desk; something in between answered. */
const asReceipt = (answer: Answer<unknown>): Answer<Receipt> =>
  !answer.ok || typeof (answer.value as Receipt | null)?.reference === 'string'
    ? (answer as Answer<Receipt>)
    : { ok: false, problem: { message: 'not an answer of the desk', retry: true } }
