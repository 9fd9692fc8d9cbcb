import type { CauseName } from '#src/causes/cause.ts'
import type { CauseState } from '#src/causes/filter.ts'
import type { Count } from '#src/tickets/ticket.ts'
import { causeName, countText } from '#views/tickets/words.ts'

/** The words that several of these views use. */

export const stateNames: Record<CauseState, string> = { open: 'Open', fixed: 'Fixed', all: 'All' }

/** What a cause is called: as staff named it, else as its error reads. */
export const titleOf = ({ number, name, pattern }: CauseName): string =>
  causeName({ number, name: name ?? pattern })

export const peopleText = (count: Count): string =>
  `${countText(count)} ${count.n === 1 && !count.more ? 'reporter' : 'reporters'}`
