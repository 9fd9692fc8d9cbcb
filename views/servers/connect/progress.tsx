import type { Progress } from '#src/servers/connect/progress.ts'
import { Since } from '#views/parts/since.tsx'
import { connectPath, connectProgressPath, serverPath, ticketPath } from '#views/paths.ts'

export type ProgressLineProps = {
  organization: string
  server: string
  progress: Progress
  /** Whether the line has seen the first ticket come. */
  isFirst?: boolean
  isOwner: boolean
  now: Date
}

/** How far the server has come. It asks for itself again until a ticket is there. */
export function ProgressLine(props: ProgressLineProps) {
  const { organization, server, progress } = props
  const { state } = progress
  const asks = state !== 'arrived'
  return (
    <div
      class={['progress', state]}
      id="progress"
      hx-get={asks ? connectProgressPath(organization, server, state) : undefined}
      hx-trigger={asks ? 'every 3s' : undefined}
      hx-swap={asks ? 'outerHTML' : undefined}
    >
      <span class="pulse" aria-hidden="true" />
      <div class="grow">
        <Said {...props} />
      </div>
    </div>
  )
}

function Said({ organization, server, progress, isFirst, isOwner, now }: ProgressLineProps) {
  const again = (
    <>
      <span class="scripted">This page updates by itself.</span>
      <a class="link unscripted" href={connectPath(organization, server)}>
        Check again
      </a>
    </>
  )
  if (progress.state === 'arrived')
    return (
      <>
        <p>
          <strong>{isFirst ? 'First ticket arrived' : 'A ticket arrived'}</strong>
        </p>
        <p class="faint small">
          <Since at={progress.at} now={now} />.{' '}
          <a class="link" href={ticketPath(organization, progress.number)}>
            Open it
          </a>
        </p>
      </>
    )
  if (progress.state === 'seen')
    return (
      <>
        <p>
          <strong>Waiting for the first ticket</strong>
        </p>
        <p class="faint small">
          SDK {progress.version} seen <Since at={progress.at} now={now} />. {again}
        </p>
      </>
    )
  if (progress.state === 'waiting')
    return (
      <>
        <p>
          <strong>Waiting for your server</strong>
        </p>
        <p class="faint small">No SDK has asked for this server’s settings yet. {again}</p>
      </>
    )
  const isOff = progress.state === 'off'
  return (
    <>
      <p>
        <strong>{isOff ? 'Support is switched off' : 'The server is switched off'}</strong>
      </p>
      <p class="faint small">
        {isOff
          ? 'The tool is not shown, and no ticket is taken. '
          : 'Its address answers nobody, as if it did not exist. '}
        {isOwner ? (
          <a class="link" href={serverPath(organization, server)}>
            Switch it on in the settings.
          </a>
        ) : (
          'An owner can switch it on in the settings.'
        )}{' '}
        {again}
      </p>
    </>
  )
}
