import { passwordCharsMax, passwordCharsMin } from '#src/staff/password.ts'
import { Field } from '#views/parts/field.tsx'

type NewPasswordProps = { label?: string; problem?: string | undefined }

/** A password that is being chosen: never shown again, whatever was typed. */
export function NewPassword({ label = 'Password', problem }: NewPasswordProps) {
  return (
    <Field
      label={label}
      name="password"
      type="password"
      problem={problem}
      hint={`At least ${passwordCharsMin} characters.`}
      autocomplete="new-password"
      minlength={passwordCharsMin}
      maxlength={passwordCharsMax}
    />
  )
}
