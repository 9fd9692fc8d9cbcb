import { Labelled, labelledBy, type Said } from './labelled.tsx'

export type FieldProps = Said & {
  value?: string | undefined
  type?: 'text' | 'email' | 'password'
  autocomplete?: string
  inputmode?: 'numeric'
  maxlength?: number
  minlength?: number
  autofocus?: boolean
  /** Stands before what is typed, such as the host of an address. */
  prefix?: string
  /** Name of the field whose slug app.js shows here as the placeholder. */
  slugOf?: string
  optional?: boolean
}

/** A labelled input of one line. */
export function Field(props: FieldProps) {
  const { label, hint, problem, prefix, slugOf, optional, ...input } = props
  const control = (
    <input
      class={prefix ? undefined : 'input'}
      type="text"
      {...input}
      {...labelledBy(props)}
      data-slug-of={slugOf}
      required={!optional}
    />
  )
  return (
    <Labelled {...props}>
      {prefix ? (
        <span class="input prefixed">
          <span class="faint mono clip">{prefix}</span>
          {control}
        </span>
      ) : (
        control
      )}
    </Labelled>
  )
}
