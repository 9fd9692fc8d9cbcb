import { Bare } from '#views/bare.tsx'
import { passwordPath } from '#views/paths.ts'
import { NewPassword } from './new-password.tsx'

export type ResetPageProps = { token: string; email: string; problem?: string }

/** Where a link for a new password leads. */
export function ResetPage({ token, email, problem }: ResetPageProps) {
  return (
    <Bare title="New password">
      <div>
        <h1>Choose a new password</h1>
        <p class="soft">It signs you in here, and out everywhere else.</p>
      </div>
      <form class="stack" method="post" action={passwordPath(token)}>
        <label class="labelled">
          E-mail
          <input class="input" type="email" value={email} autocomplete="username" readonly />
        </label>
        <NewPassword label="New password" problem={problem} />
        <button class="button main-action" type="submit">
          Save and sign in
        </button>
      </form>
    </Bare>
  )
}
