import type { Child } from '#src/lib/html/jsx-runtime.ts'

export type Said = {
  name: string
  label: string
  /** What to know before typing. */
  hint?: Child
  /** Why what was typed was refused. */
  problem?: string | undefined
}

/** What a control says of itself: these attributes go on the one inside `Labelled`. */
export const labelledBy = ({ name, hint, problem }: Said) => ({
  id: name,
  name,
  'aria-invalid': problem ? ('true' as const) : undefined,
  'aria-describedby':
    [hint && `${name}-hint`, problem && `${name}-problem`].filter(Boolean).join(' ') || undefined,
})

/** A control under its label, with what helps and what is wrong below it, read out with it. */
export function Labelled({ name, label, hint, problem, children }: Said & { children?: Child }) {
  return (
    <div class="labelled">
      <label for={name}>{label}</label>
      {children}
      {hint && (
        <span class="hint" id={`${name}-hint`}>
          {hint}
        </span>
      )}
      {problem && (
        <span class="wrong" id={`${name}-problem`}>
          {problem}
        </span>
      )}
    </div>
  )
}
