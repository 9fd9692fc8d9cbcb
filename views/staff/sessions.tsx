import { Icon } from '#views/parts/icon.tsx'
import { Moment } from '#views/parts/moment.tsx'

export type OwnSession = { id: string; browser: string; createdAt: Date; isOwn: boolean }

type SessionsProps = { path: string; sessions: OwnSession[] }

/** Where one is signed in, each to be ended from here. */
export function Sessions({ path, sessions }: SessionsProps) {
  return (
    <section class="section" aria-labelledby="sessions-title">
      <header>
        <h2 id="sessions-title">Where you are signed in</h2>
        <p class="faint small">Sign out of what you don’t know, and change your password.</p>
      </header>
      <ul class="people">
        {sessions.map(({ id, browser, createdAt, isOwn }) => (
          <li>
            <Icon name="browser" />
            <div class="grow">
              <p class="clip">{browser}</p>
              <p class="faint small">
                Since <Moment at={createdAt} />
              </p>
            </div>
            {isOwn ? (
              <span class="tag">This browser</span>
            ) : (
              <form method="post" action={`${path}/${id}/removal`}>
                <button class="button" type="submit">
                  Sign out
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <form method="post" action={`${path}/removal`}>
          <button class="button" type="submit">
            Sign out everywhere else
          </button>
        </form>
      )}
    </section>
  )
}
