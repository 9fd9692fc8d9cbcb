import { hx } from '#src/lib/html/hx.ts'
import type { Child } from '#src/lib/html/jsx-runtime.ts'
import { Key } from './key.tsx'

type UndoProps = {
  /** Path that takes the change back. */
  undo: string
  label?: string
}

/** Takes back what was just done, by an ordinary form: on a page that tells of it, to that page. */
export function Undo({ undo, label = 'Undo', isToast = false }: UndoProps & { isToast?: boolean }) {
  return (
    <form
      method="post"
      action={undo}
      {...(isToast && hx({ post: undo, target: '#toasts', swap: 'none', disable: 'find button' }))}
    >
      <button class="button" type="submit" aria-keyshortcuts="z">
        {label}
        <Key name="z" />
      </button>
    </form>
  )
}

/** Something that was done, put where toasts are: a part of an answer to htmx. */
export function Toasted({ undo, label, children }: Partial<UndoProps> & { children: Child }) {
  return (
    <hx-partial hx-target="#toasts" hx-swap="afterbegin">
      <div class="toast">
        <span class="grow">{children}</span>
        {undo && <Undo undo={undo} {...(label && { label })} isToast />}
      </div>
    </hx-partial>
  )
}
