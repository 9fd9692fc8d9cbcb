import { Field } from '#views/parts/field.tsx'
import { NewPassword } from './new-password.tsx'

type AccountFieldsProps = {
  typed: Record<string, string | undefined>
  problems: Record<string, string | undefined>
  autofocus?: boolean
}

/** What a new account needs. */
export function AccountFields({ typed, problems, autofocus = false }: AccountFieldsProps) {
  return (
    <>
      <Field
        label="Your name"
        name="name"
        value={typed.name}
        problem={problems.name}
        autocomplete="name"
        maxlength={80}
        autofocus={autofocus}
      />
      <Field
        label="E-mail"
        name="email"
        type="email"
        value={typed.email}
        problem={problems.email}
        autocomplete="username"
        maxlength={254}
      />
      <NewPassword problem={problems.password} />
    </>
  )
}
