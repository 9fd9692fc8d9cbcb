import type { Child } from '#src/lib/html/jsx-runtime.ts'
import { Ago } from '#views/parts/ago.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { Moment } from '#views/parts/moment.tsx'

export type Client = {
  id: string
  clientName: string
  resource: string
  createdAt: Date
  usedAt: Date
  expiresAt: Date
}
export type Browser = { id: string; name: string; createdAt: Date }

type SignInsProps = {
  /** Of the end-user. */
  path: string
  clients: Client[]
  browsers: Browser[]
  isOwner: boolean
  now: Date
}

/** Where an end-user is signed in: the clients they let in, and browsers at the server's address. */
export function SignIns({ path, clients, browsers, isOwner, now }: SignInsProps) {
  const n = clients.length + browsers.length
  return (
    <section class="section" id="sign-ins" aria-labelledby="sign-ins-title">
      <header>
        <h2 id="sign-ins-title">Sign-ins</h2>
        <p class="faint small">
          {n === 0
            ? 'They are signed in nowhere.'
            : 'A client whose sign-in has ended gets no tokens and raises no tickets. A token it has is good for up to ten minutes more in your server.'}
        </p>
      </header>
      {n > 0 && (
        <ul class="people" aria-label="Sign-ins">
          {clients.map(({ id, clientName, resource, createdAt, usedAt, expiresAt }) => (
            <SignIn
              icon="switch"
              name={clientName || 'A client without a name'}
              end={isOwner && `${path}/sign-ins/${id}/removal`}
            >
              <span>
                for <bdi>{resource}</bdi>
              </span>
              <span>
                since <Moment at={createdAt} />
              </span>
              <span>
                last used: <Ago at={usedAt} now={now} />
              </span>
              <span>
                until <Moment at={expiresAt} />
              </span>
            </SignIn>
          ))}
          {browsers.map(({ id, name, createdAt }) => (
            <SignIn icon="browser" name={name} end={isOwner && `${path}/browsers/${id}/removal`}>
              <span>this server’s own pages</span>
              <span>
                since <Moment at={createdAt} />
              </span>
            </SignIn>
          ))}
        </ul>
      )}
      {isOwner && n > 1 && (
        <form method="post" action={`${path}/sign-ins/removal`}>
          <button class="button" type="submit">
            End all
          </button>
        </form>
      )}
    </section>
  )
}

type SignInProps = {
  icon: 'switch' | 'browser'
  name: string
  /** Where it is ended, by those who may. */
  end: string | false
  children?: Child
}

const SignIn = ({ icon, name, end, children }: SignInProps) => (
  <li>
    <Icon name={icon} />
    <div class="grow">
      <p class="clip">
        <bdi>{name}</bdi>
      </p>
      <p class="faint small dotted">{children}</p>
    </div>
    {end && (
      <form method="post" action={end}>
        <button class="button" type="submit">
          End<span class="hidden"> the sign-in of {name}</span>
        </button>
      </form>
    )}
  </li>
)
