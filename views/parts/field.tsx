import type { Child } from '#src/lib/html/jsx-runtime.ts'

export type FieldProps = {
  name: string
  label: string
  /** Why what was typed was refused. */
  problem?: string | undefined
  /** What to know before typing. */
  hint?: Child
  value?: string | undefined
  type?: 'text' | 'email' | 'password'
  autocomplete?: string
  maxlength?: number
  minlength?: number
  autofocus?: boolean
  /** Stands before what is typed, such as the host of an address. */
  prefix?: string
  /** Name of the field whose slug app.js shows here as the placeholder. */
  slugOf?: string
  optional?: boolean
}

/** A labelled input; what is wrong with it stands below and is read out with it. */
export function Field(props: FieldProps) {
  const { name, label, problem, hint, prefix, slugOf, optional, ...input } = props
  const said = [hint && `${name}-hint`, problem && `${name}-problem`].filter(Boolean).join(' ')
  const control = (
    <input
      class={prefix ? undefined : 'input'}
      type="text"
      {...input}
      id={name}
      name={name}
      aria-invalid={problem ? 'true' : undefined}
      aria-describedby={said || undefined}
      data-slug-of={slugOf}
      required={!optional}
    />
  )
  return (
    <div class="labelled">
      <label for={name}>{label}</label>
      {prefix ? (
        <span class="input prefixed">
          <span class="faint mono clip">{prefix}</span>
          {control}
        </span>
      ) : (
        control
      )}
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
