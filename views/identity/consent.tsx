import { Frame } from './frame.tsx'

export type ConsentPageProps = {
  /** Name of the server whose end-users read it. */
  server: string
  /** Path before the issuer's pages. */
  path: string
  /** The authorization request, as a query. */
  request: string
  /** As the client calls itself, and the host of the document it does so in. */
  client: { name: string; documentHost: string | null }
  answeredAt: { kind: 'site' | 'computer' | 'app'; name: string }
  resource: string
  endUser: { id: string; name: string; email: string }
}

/** Asks an end-user whether a client gets in. All that the client says of itself is quoted. */
export function ConsentPage(props: ConsentPageProps) {
  const { server, path, request, client, endUser } = props
  return (
    <Frame title={`Allow access to ${server}?`} server={server}>
      <h1>
        Allow “<bdi>{client.name}</bdi>” to use <bdi>{server}</bdi>?
      </h1>
      <p class="soft small">
        {client.documentHost ? (
          <>
            The app calls itself that, at <b>{client.documentHost}</b>.
          </>
        ) : (
          'The app calls itself that, and nobody has checked it.'
        )}
      </p>
      <Gets {...props} />
      <Answered {...props} />
      <form class="stack" method="post" action={`${path}/consent`}>
        <input type="hidden" name="request" value={request} />
        <input type="hidden" name="person" value={endUser.id} />
        <button class="button main-action" type="submit" name="decision" value="allow">
          Allow
        </button>
        <button class="button" type="submit" name="decision" value="deny">
          Deny
        </button>
      </form>
      <form class="small soft" method="post" action={`${path}/sign-out`}>
        <input type="hidden" name="request" value={request} />
        Signed in as <bdi>{endUser.name}</bdi> (<bdi>{endUser.email}</bdi>).{' '}
        <button class="button bare" type="submit">
          Not you?
        </button>
      </form>
    </Frame>
  )
}

function Gets({ server, resource }: ConsentPageProps) {
  return (
    <>
      <p>
        It could use <bdi>{server}</bdi> as you, at <code class="small">{resource}</code>.
      </p>
      <p>
        It could open support tickets in your name. The company’s staff see your name and your
        e-mail.
      </p>
    </>
  )
}

/** Who gets the answer: a program of the same machine can be any (RFC 8252 8.6, MCP authorization). */
function Answered({ answeredAt: { kind, name } }: ConsentPageProps) {
  if (kind === 'site')
    return (
      <p>
        The answer goes to <b>{name}</b>.
      </p>
    )
  return (
    <p class="problem">
      The answer goes to {kind === 'computer' ? 'a program on this computer' : 'an app'} (
      <b>{name}</b>). Any program here could claim to be this one: allow it only if you have just
      begun to connect yourself.
    </p>
  )
}
