import { Field } from '#views/parts/field.tsx'
import { NewPassword } from '#views/staff/new-password.tsx'
import { type OwnSession, Sessions } from '#views/staff/sessions.tsx'
import { WideFrame } from './frame.tsx'
import { Grants, type OwnGrant } from './grants.tsx'

export type AccountPageProps = {
  server: string
  /** Path before the issuer's pages. */
  path: string
  endUser: { name: string; email: string; emailVerified: boolean }
  grants: OwnGrant[]
  sessions: OwnSession[]
  hasPassword: boolean
  canMail: boolean
  problems: Record<string, string>
  /** The password was, by who knew it or by a mailed code. */
  changed: 'password' | 'reset' | undefined
  now: Date
}

/** One's own account at a server. */
export function AccountPage(props: AccountPageProps) {
  const { server, path, endUser, grants, sessions, changed, now } = props
  return (
    <WideFrame title={`Your account at ${server}`} server={server}>
      <header class="with-action">
        <div>
          <h1>
            Your account at <bdi>{server}</bdi>
          </h1>
          <p class="soft">
            <bdi>{endUser.name}</bdi> · <bdi>{endUser.email}</bdi>{' '}
            <span class="tag">{endUser.emailVerified ? 'Verified' : 'Not verified'}</span>
          </p>
        </div>
        <form method="post" action={`${path}/sign-out`}>
          <button class="button" type="submit">
            Sign out
          </button>
        </form>
      </header>
      {changed && (
        <p class="note made" role="status">
          Your password is changed, and you are signed out in all other browsers
          {changed === 'reset'
            ? ' and in all apps.'
            : '. Apps stay signed in: end below those that should not.'}
        </p>
      )}
      <Grants server={server} path={`${path}/account/sign-ins`} grants={grants} now={now} />
      <Sessions path={`${path}/account/browsers`} sessions={sessions} />
      <Password {...props} />
    </WideFrame>
  )
}

function Password({ path, endUser, hasPassword, canMail, problems }: AccountPageProps) {
  return (
    <section class="section" aria-labelledby="password-title">
      <header>
        <h2 id="password-title">Password</h2>
        {!hasPassword && (
          <p class="faint small">
            {canMail
              ? 'You sign in with codes by mail. With a password you can do without.'
              : 'You have none: without one you can’t sign in again.'}
          </p>
        )}
      </header>
      <form class="stack narrow" method="post" action={`${path}/account/password`}>
        <input type="hidden" name="username" value={endUser.email} autocomplete="username" />
        {hasPassword && (
          <Field
            label="Current password"
            name="current"
            type="password"
            problem={problems.current}
            autocomplete="current-password"
          />
        )}
        <NewPassword label="New password" problem={problems.password} />
        {hasPassword || !canMail ? (
          <button class="button" type="submit">
            {hasPassword ? 'Change password' : 'Set password'}
          </button>
        ) : (
          <button class="button" type="submit" name="way" value="code">
            Mail me a code to set it
          </button>
        )}
        {hasPassword && canMail && (
          <button class="button" type="submit" name="way" value="code" formnovalidate>
            I forgot the current one: mail me a code
          </button>
        )}
      </form>
    </section>
  )
}
