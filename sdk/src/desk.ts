import { type Answer, createClient } from './client.ts'
import type { Receipt } from './contract.ts'
import { createDelivery, type Delivery } from './deliver.ts'
import { createHistory, type History } from './history.ts'
import { createLog, type Fault, type Log, type Logger } from './log.ts'
import { redactText } from './redact.ts'
import { createSettings, type Settings } from './settings.ts'
import type { Timing } from './timing.ts'

/** All that one process keeps for one key. */
export type Desk = {
  settings: Settings
  delivery: Delivery
  history: History
  log: Log
  fault: Fault
  /** The server that listed its tools last has one by our name. */
  nameTaken: boolean
  /** Name and version of the server, as it last introduced itself to a client. */
  server?: { name: string; version?: string }
}

const desks = new Map<string, { desk: Desk; logger: Logger | undefined }>()

/**
 * The desk behind this address and key. Stateless hosts make a server object for each request;
 * all of them share one desk.
 */
export function deskAt(url: string, key: string, logger: Logger | undefined, timing: Timing): Desk {
  const id = JSON.stringify([url, key])
  const known = desks.get(id)
  if (known) {
    known.logger = logger ?? known.logger
    return known.desk
  }
  const log = createLog(() => desks.get(id)?.logger)
  const desk = openDesk(url, key, log, timing)
  desks.set(id, { desk, logger })
  return desk
}

function openDesk(url: string, key: string, log: Log, timing: Timing): Desk {
  const call = createClient(url, key, log, timing)
  const fault = (error: unknown) =>
    log.once('error', `the support tool stood aside: ${redactText(String(error))}`)
  const settings: Settings = createSettings(
    () => call('query', 'support.settings'),
    () => delivery.resume(),
    log,
    fault,
    timing,
  )
  const delivery = createDelivery(
    async (ticket, idempotencyKey, signal) =>
      asReceipt(await call('mutation', 'support.createTicket', ticket, { idempotencyKey, signal })),
    ({ code }) => {
      if (code === 'key_invalid' || code === 'support_disabled') settings.revoke()
    },
    log,
    fault,
    timing,
  )
  return { settings, delivery, history: createHistory(), log, fault, nameTaken: false }
}

/** A receipt without a reference did not come from the desk; something in between answered. */
const asReceipt = (answer: Answer<unknown>): Answer<Receipt> =>
  !answer.ok || typeof (answer.value as Receipt | null)?.reference === 'string'
    ? (answer as Answer<Receipt>)
    : { ok: false, problem: { message: 'not an answer of the desk', retry: true } }
