/** Pages of figures that this process reads at once, and that wait for their turn. */
const atOnceMax = 2
const waitingMax = 6

let running = 0
const waiting: (() => void)[] = []

/**
 * Runs `work` when it is its turn, so that figures take two of the desk's connections and no more.
 * Undefined where too many wait already.
 */
export async function inTurn<T>(work: () => Promise<T>): Promise<T | undefined> {
  if (waiting.length >= waitingMax) return undefined
  if (running >= atOnceMax) await new Promise<void>((turn) => waiting.push(turn))
  else running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}
