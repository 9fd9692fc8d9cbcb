import { Bare } from '#views/bare.tsx'

export type SignInPageProps = {
  /** What was typed before, after a refusal. */
  email?: string
  /** Why the last attempt was refused. */
  problem?: string
  /** Where to go afterwards; the server accepts paths of its own only. */
  next?: string
  /** Whether the desk can send a link for a new password. */
  canMail?: boolean
}

export function SignInPage({ email, problem, next, canMail }: SignInPageProps) {
  return (
    <Bare title="Sign in">
      <h1>Sign in</h1>
      <form class="stack" method="post" action="/sign-in">
        {problem && (
          <p class="problem" role="alert" id="problem">
            {problem}
          </p>
        )}
        {next && <input type="hidden" name="next" value={next} />}
        <label class="labelled">
          E-mail
          <input
            class="input"
            type="email"
            name="email"
            value={email}
            autocomplete="username"
            autofocus={!email}
            required
          />
        </label>
        <label class="labelled">
          Password
          <input
            class="input"
            type="password"
            name="password"
            autocomplete="current-password"
            aria-describedby={problem && 'problem'}
            autofocus={Boolean(email)}
            required
          />
        </label>
        <button class="button main-action" type="submit">
          Sign in
        </button>
      </form>
      {canMail ? (
        <a class="link small" href="/password">
          Forgot your password?
        </a>
      ) : (
        <p class="faint small">
          Forgot your password? Who runs this desk can set a new one, with{' '}
          <code>staff reset-password</code>.
        </p>
      )}
    </Bare>
  )
}
