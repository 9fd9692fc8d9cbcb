import { Field } from '#views/parts/field.tsx'
import { profilePath } from '#views/paths.ts'
import { NewPassword } from './new-password.tsx'
import { type OwnSession, Sessions } from './sessions.tsx'

export type ProfilePageProps = {
  organization: { slug: string }
  /** As it is, or as it was typed when it was refused. */
  name: string
  email: string
  sessions: OwnSession[]
  problems: Record<string, string>
  isPasswordChanged: boolean
}

/** One's own account, inside the layout. */
export function ProfilePage(props: ProfilePageProps) {
  const { organization, name, email, sessions, problems, isPasswordChanged } = props
  const path = profilePath(organization.slug)
  return (
    <div class="page">
      <header>
        <h1>Your profile</h1>
        <p class="soft">
          You sign in as <bdi>{email}</bdi>.
        </p>
      </header>
      {isPasswordChanged && (
        <p class="note made" role="status">
          Your password is changed, and you are signed out everywhere else.
        </p>
      )}
      <section class="section" aria-labelledby="name-title">
        <h2 id="name-title">Name</h2>
        <form class="stack narrow" method="post" action={path}>
          <Field
            label="What colleagues see"
            name="name"
            value={name}
            problem={problems.name}
            autocomplete="name"
            maxlength={80}
          />
          <button class="button" type="submit">
            Save
          </button>
        </form>
      </section>
      <section class="section" aria-labelledby="password-title">
        <h2 id="password-title">Password</h2>
        <form class="stack narrow" method="post" action={`${path}/password`}>
          <Field
            label="Current password"
            name="current"
            type="password"
            problem={problems.current}
            autocomplete="current-password"
          />
          <NewPassword label="New password" problem={problems.password} />
          <button class="button" type="submit">
            Change password
          </button>
        </form>
      </section>
      <Sessions path={`${path}/sessions`} sessions={sessions} />
    </div>
  )
}
