import { hx } from '#src/lib/html/hx.ts'
import type { Child } from '#src/lib/html/jsx-runtime.ts'

type UndoProps = {
  /** Path that takes the change back. */
  undo: string
  label?: string
}

/** Takes back what was just done, by an ordinary form. */
export function Undo({ undo, label = 'Undo' }: UndoProps) {
  return (
    <form method="post" action={undo} {...hx({ post: undo, swap: 'none' })}>
      <button class="button" type="submit">
        {label}
      </button>
    </form>
  )
}

/** Something that was done, put where toasts are: a part of an answer to htmx. */
export function Toasted({ undo, label, children }: Partial<UndoProps> & { children: Child }) {
  return (
    <hx-partial hx-target="#toasts" hx-swap="innerHTML">
      <div class="toast">
        <span class="grow">{children}</span>
        {undo && <Undo undo={undo} {...(label && { label })} />}
      </div>
    </hx-partial>
  )
}
