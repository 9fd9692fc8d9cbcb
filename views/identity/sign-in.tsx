import { Field } from '#views/parts/field.tsx'
import { Frame } from './frame.tsx'

export type SignInPageProps = {
  server: string
  /** Path before the issuer's pages. */
  path: string
  /** The authorization request that waits, as a query. */
  request: string
  signUp: string
  /** As the client calls itself that somebody signs in for. */
  client?: string | undefined
  /** Who is signed in already, and where they go on. */
  signedIn?: { name: string; onward: string } | undefined
  canMail: boolean
  /** What was typed before, after a refusal. */
  email?: string | undefined
  problem?: string | undefined
  emailProblem?: string | undefined
}

export function SignInPage(props: SignInPageProps) {
  const { server, path, request, signUp, client, signedIn, canMail, email, problem } = props
  return (
    <Frame title={`Sign in to ${server}`} server={server}>
      <div>
        <h1>
          Sign in to <bdi>{server}</bdi>
        </h1>
        {client && (
          <p class="soft">
            to go on to <bdi>{client}</bdi>
          </p>
        )}
      </div>
      {signedIn && (
        <p class="note">
          You are signed in as <bdi>{signedIn.name}</bdi>.{' '}
          <a class="link" href={signedIn.onward}>
            Go on
          </a>
        </p>
      )}
      <form class="stack" method="post" action={`${path}/sign-in`}>
        {problem && (
          <p class="problem" role="alert">
            {problem}
          </p>
        )}
        {request && <input type="hidden" name="request" value={request} />}
        <Field
          label="E-mail"
          name="email"
          type="email"
          value={email}
          problem={props.emailProblem}
          autocomplete="username"
          maxlength={254}
          autofocus={!email}
        />
        <Field
          label="Password"
          name="password"
          type="password"
          autocomplete="current-password"
          autofocus={Boolean(email)}
        />
        <button class="button main-action" type="submit">
          Sign in
        </button>
        {canMail && (
          <button class="button" type="submit" name="way" value="code" formnovalidate>
            Mail me a code instead
          </button>
        )}
      </form>
      <p class="small">
        New here?{' '}
        <a class="link" href={signUp}>
          Create an account
        </a>
      </p>
      {!canMail && (
        <p class="faint small">
          Forgot your password? No mail can be sent from here: ask the company behind{' '}
          <bdi>{server}</bdi>.
        </p>
      )}
    </Frame>
  )
}
