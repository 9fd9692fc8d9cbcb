import type { Progress } from '#src/servers/connect/progress.ts'
import type { Snippets } from '#src/servers/connect/snippets.ts'
import type { Connection } from '#src/servers/issuer/checking.ts'
import { connectPath, testTicketPath } from '#views/paths.ts'
import { Connected } from '#views/servers/connection.tsx'
import { AddSdk } from './add-sdk.tsx'
import { ProgressLine } from './progress.tsx'
import { type Refused, Trouble } from './trouble.tsx'

export type ConnectPageProps = {
  organization: string
  server: { slug: string; name: string }
  address: string
  snippets: Snippets
  /** A key that was just made. */
  freshKey?: string | undefined
  /** Why a test ticket was refused. */
  problem?: string | undefined
  /** To the company's own issuer. */
  connection: Connection | undefined
  progress: Progress
  /** What the server's address refused, newest first. */
  refused: Refused[]
  isOwner: boolean
  now: Date
}

/** From an address to the first ticket, inside the layout. */
export function ConnectPage(props: ConnectPageProps) {
  const { organization, server, address, connection, progress, problem, isOwner, now } = props
  const { state } = progress
  const isSeen = state === 'seen' || state === 'arrived'
  return (
    <div class="page" data-address={connectPath(organization, server.slug)}>
      <header>
        <h1>
          Connect <bdi>{server.name}</bdi>
        </h1>
        <p class="soft">Three steps. Your server keeps working if this desk is down.</p>
      </header>
      <ol class="steps">
        <li class="done">
          <h2>Name the server</h2>
          <p class="soft small">
            Tickets arrive at <span class="mono">{address}</span>
          </p>
          {connection?.answer?.ok && (
            <p class="soft small">
              <Connected issuer={connection.issuer} keys={connection.answer.keys} />
            </p>
          )}
        </li>
        <li class={['sdk', isSeen && 'done']}>
          <AddSdk {...props} />
        </li>
        <li class={['first', state === 'arrived' && 'done']}>
          <h2>Raise a test ticket</h2>
          <p class="soft small">
            Ask your AI client: <q>Contact support, this is a test.</q>
          </p>
          {problem && (
            <p class="problem" role="alert">
              {problem}
            </p>
          )}
          <div class="live">
            <ProgressLine
              organization={organization}
              server={server.slug}
              progress={progress}
              isOwner={isOwner}
              now={now}
            />
            {isOwner && (
              <form method="post" action={testTicketPath(organization, server.slug)}>
                <button class="button" type="submit">
                  Send a test ticket from here
                </button>
              </form>
            )}
          </div>
          <Trouble {...props} />
        </li>
      </ol>
    </div>
  )
}
