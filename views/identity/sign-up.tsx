import { AccountFields } from '#views/staff/account-fields.tsx'
import { Frame } from './frame.tsx'

export type SignUpPageProps = {
  server: string
  /** Path before the issuer's pages. */
  path: string
  /** The authorization request that waits, as a query. */
  request: string
  signIn: string
  /** As the client calls itself that somebody signs up for. */
  client?: string | undefined
  canMail: boolean
  typed: { name?: string | undefined; email?: string | undefined }
  problems: Record<string, string>
  /** Why the form was refused as a whole. */
  problem?: string | undefined
}

export function SignUpPage(props: SignUpPageProps) {
  const { server, path, request, signIn, client, canMail, typed, problems, problem } = props
  return (
    <Frame title={`Create an account at ${server}`} server={server}>
      <div>
        <h1>
          Create an account at <bdi>{server}</bdi>
        </h1>
        {client && (
          <p class="soft">
            to go on to <bdi>{client}</bdi>
          </p>
        )}
      </div>
      <form class="stack" method="post" action={`${path}/sign-up`}>
        {problem && (
          <p class="problem" role="alert">
            {problem}
          </p>
        )}
        {request && <input type="hidden" name="request" value={request} />}
        <AccountFields typed={typed} problems={problems} autofocus />
        {canMail && <p class="faint small">You get a code by mail, to show that it is yours.</p>}
        <button class="button main-action" type="submit">
          {canMail ? 'Mail me a code' : 'Create account'}
        </button>
      </form>
      <p class="small">
        Have an account?{' '}
        <a class="link" href={signIn}>
          Sign in
        </a>
      </p>
    </Frame>
  )
}
