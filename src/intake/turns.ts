import { Problem } from '#src/web/problem.ts'

/** Tickets of one server that this process files at once, and that wait for their turn. */
const atOnceMax = 4
const waitingMax = 100

type Queue = { running: number; waiting: (() => void)[] }
const queues = new Map<string, Queue>()

/**
 * Runs `work` when it is the server's turn, so that one that floods the desk takes a few of its
 * connections and not all. Throws `too_many` when too many wait already.
 */
export async function inTurn<T>(serverId: string, work: () => Promise<T>): Promise<T> {
  const queue = queues.get(serverId) ?? { running: 0, waiting: [] }
  queues.set(serverId, queue)
  if (queue.waiting.length >= waitingMax)
    throw new Problem('too_many', undefined, { retryAfterSeconds: 1 })
  if (queue.running >= atOnceMax) await new Promise<void>((turn) => queue.waiting.push(turn))
  else queue.running++
  try {
    return await work()
  } finally {
    const next = queue.waiting.shift()
    if (next) next()
    else if (--queue.running === 0) queues.delete(serverId)
  }
}
