import type { Answer } from '../../../sdk/src/client.ts'
import type { Receipt } from '../../../sdk/src/contract.ts'
import { createDelivery } from '../../../sdk/src/deliver.ts'
import { createLog } from '../../../sdk/src/log.ts'
import { type Timing, timing } from '../../../sdk/src/timing.ts'

/** What a timer may be early by. */
export const earlyMs = 2

export const receipt: Answer<Receipt> = {
  ok: true,
  value: { reference: 'DOCUAPI-1', status: 'open', createdAt: new Date().toISOString() },
}

/** Delivers to a desk that answers by a ticket's title, and notes when each was tried. */
export function deliverTo(
  answer: (title: string) => Answer<Receipt> | Promise<Answer<Receipt>>,
  waits: Partial<Timing> = {},
) {
  const tried = new Map<string, number[]>()
  const received: string[] = []
  const told: string[] = []
  const delivery = createDelivery(
    async ({ title }) => {
      tried.set(title, [...(tried.get(title) ?? []), performance.now()])
      const given = await answer(title)
      if (given.ok) received.push(title)
      return given
    },
    () => {},
    createLog(() => (_, message) => void told.push(message)),
    (error) => {
      throw error
    },
    { ...timing, ...waits },
  )
  const file = (title: string) =>
    delivery.file({ title, description: 'Again.' }, 1_000, new AbortController().signal)
  const gaps = (title: string) => {
    const at = tried.get(title) ?? []
    return at.slice(1).map((ms, n) => ms - (at[n] as number))
  }
  return { delivery, file, gaps, received, told }
}
