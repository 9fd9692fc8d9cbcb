import { Toasted } from '#views/parts/toast.tsx'
import { ticketsText } from './words.ts'

/** What an undo did, as far as it got. */
export const undoneText = (tickets: number): string =>
  tickets === 0
    ? 'Nothing to undo: it has been changed since'
    : `Undone on ${ticketsText({ n: tickets, more: false })}`

/** The same as a toast; `rest` goes on where there is more. */
export function UndoneToast({ tickets, rest }: { tickets: number; rest?: string }) {
  return (
    <Toasted {...(rest && { undo: rest, label: 'Go on' })}>
      {undoneText(tickets)}
      {rest && ' so far'}
    </Toasted>
  )
}
