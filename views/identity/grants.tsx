import { Icon } from '#views/parts/icon.tsx'
import { Moment } from '#views/parts/moment.tsx'
import { Since } from '#views/parts/since.tsx'

export type OwnGrant = {
  id: string
  /** As the client calls itself, and the host of the document it does so in. */
  client: string
  host: string | null
  createdAt: Date
  /** When it last got a token. */
  usedAt: Date
}

type GrantsProps = { server: string; path: string; grants: OwnGrant[]; now: Date }

/** The clients that somebody let in, each to be ended from here. */
export function Grants({ server, path, grants, now }: GrantsProps) {
  return (
    <section class="section" aria-labelledby="grants-title">
      <header>
        <h2 id="grants-title">Your sign-ins</h2>
        <p class="faint small">
          Apps that use <bdi>{server}</bdi> as you. One that you end is out within 10 minutes, and
          has to ask you again.
        </p>
      </header>
      {grants.length === 0 ? (
        <p class="soft">No app is signed in.</p>
      ) : (
        <ul class="people">
          {grants.map(({ id, client, host, createdAt, usedAt }) => (
            <li>
              <Icon name="servers" />
              <div class="grow">
                <p class="clip">
                  <bdi>{client}</bdi>
                  {host && <span class="faint"> · {host}</span>}
                </p>
                <p class="faint small">
                  Since <Moment at={createdAt} />, last used <Since at={usedAt} now={now} />
                </p>
              </div>
              <form method="post" action={`${path}/${id}/removal`}>
                <button class="button" type="submit">
                  End
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
      {grants.length > 1 && (
        <form method="post" action={`${path}/removal`}>
          <button class="button" type="submit">
            End all
          </button>
        </form>
      )}
    </section>
  )
}
