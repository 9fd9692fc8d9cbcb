import { Bare } from '#views/bare.tsx'
import { Field } from '#views/parts/field.tsx'

export type ForgottenPageProps = { email: string; problem?: string }

/** Asks where to send a link for a new password. */
export function ForgottenPage({ email, problem }: ForgottenPageProps) {
  return (
    <Bare title="Forgotten password">
      <div>
        <h1>Forgot your password?</h1>
        <p class="soft">You get a mail with a link to choose a new one.</p>
      </div>
      <form class="stack" method="post" action="/password">
        <Field
          label="E-mail"
          name="email"
          type="email"
          value={email}
          problem={problem}
          autocomplete="username"
          maxlength={254}
          autofocus
        />
        <button class="button main-action" type="submit">
          Send the link
        </button>
      </form>
      <a class="link small" href="/sign-in">
        Back to signing in
      </a>
    </Bare>
  )
}

/** The answer to everybody, so that it tells nobody who has an account. */
export function MailSentPage({ email }: { email: string }) {
  return (
    <Bare title="Mail sent">
      <h1>Look into your mail</h1>
      <p class="soft">
        If <bdi>{email}</bdi> has an account here, a mail with a link is on its way. The link works
        once, for an hour. If none arrives, look into the spam folder, or ask who runs this desk.
      </p>
      <a class="link small" href="/sign-in">
        Back to signing in
      </a>
    </Bare>
  )
}
