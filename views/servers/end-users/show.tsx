import type { TheirTickets } from '#src/servers/end-users/queries.ts'
import { Moment } from '#views/parts/moment.tsx'
import { endUserPath, endUsersPath, inboxPath, serverPath } from '#views/paths.ts'
import type { ShownEndUser } from './list.tsx'
import { type Browser, type Client, SignIns } from './sign-ins.tsx'

export type EndUserPageProps = {
  organization: string
  server: { slug: string; name: string }
  endUser: ShownEndUser
  clients: Client[]
  browsers: Browser[]
  /** Null: they have raised none. */
  tickets: TheirTickets | null
  isOwner: boolean
  now: Date
}

/** One end-user of a server, where they are signed in, and how that is ended; inside the layout. */
export function EndUserPage(props: EndUserPageProps) {
  const { organization, server, endUser, isOwner } = props
  const { id, email, name } = endUser
  const path = endUserPath(organization, server.slug, id)
  return (
    <div class="page" data-address={path}>
      <header>
        <p class="small dotted">
          <a class="link tap" href={serverPath(organization, server.slug)}>
            <bdi>{server.name}</bdi>
          </a>
          <a class="link tap" href={endUsersPath(organization, server.slug)}>
            End-users
          </a>
        </p>
        <h1>
          <bdi>{name || email}</bdi>
        </h1>
      </header>
      <Facts {...props} />
      <SignIns {...props} path={path} />
      {isOwner && <Deletion path={path} />}
    </div>
  )
}

function Facts({ organization, endUser, tickets }: EndUserPageProps) {
  const { id, email, emailVerifiedAt, createdAt } = endUser
  return (
    <dl class="sheet-of">
      <div>
        <dt>E-mail</dt>
        <dd>
          <bdi>{email}</bdi> {!emailVerifiedAt && <span class="tag">not verified</span>}
          {emailVerifiedAt && (
            <span class="faint small">
              verified <Moment at={emailVerifiedAt} />
            </span>
          )}
        </dd>
      </div>
      <div>
        <dt>Since</dt>
        <dd>
          <Moment at={createdAt} />
        </dd>
      </div>
      <div>
        <dt>Subject</dt>
        <dd>
          <code>{id}</code>
        </dd>
      </div>
      <div>
        <dt>Tickets</dt>
        <dd>{tickets ? <Tickets organization={organization} tickets={tickets} /> : 'None'}</dd>
      </div>
    </dl>
  )
}

function Tickets({ organization, tickets }: { organization: string; tickets: TheirTickets }) {
  const { newest, n, more, active } = tickets
  const status = active > 0 ? 'active' : 'closed'
  return (
    <a class="link tap" href={inboxPath(organization, { status, reporter: newest })}>
      {n === 1 ? '1 ticket' : `${n}${more ? '+' : ''} tickets`}
    </a>
  )
}

function Deletion({ path }: { path: string }) {
  return (
    <section class="section" aria-labelledby="deletion-title">
      <header>
        <h2 id="deletion-title">Delete the account</h2>
        <p class="faint small">
          It goes with all its sign-ins, and there is no way back; who had it can sign up anew, as
          somebody else to your server. Their tickets stay and still say who raised them: to take
          them out of those, erase the reporter from one of the tickets instead.
        </p>
      </header>
      <details class="manage">
        <summary class="button">Delete the account</summary>
        <div>
          <form method="post" action={`${path}/removal`}>
            <button class="button danger" type="submit">
              Delete it with its sign-ins
            </button>
          </form>
        </div>
      </details>
    </section>
  )
}
