import { hx } from '#src/lib/html/hx.ts'
import type { Connection } from '#src/servers/issuer/checking.ts'
import { Since } from '#views/parts/since.tsx'
import { issuerPath, serverPath } from '#views/paths.ts'

export type ConnectionLineProps = {
  organization: string
  server: string
  connection: Connection
  now: Date
}

/** Whether a server's issuer answers. Where nobody has asked it lately, the line asks by itself. */
export function ConnectionLine(props: ConnectionLineProps) {
  const { organization, server, connection } = props
  const { answer } = connection
  const get = issuerPath(organization, server)
  return (
    <div
      class={['progress', answer && (answer.ok ? 'arrived' : 'off')]}
      id="connection"
      role="status"
      {...(!answer && hx({ get, trigger: 'load', swap: 'outerHTML' }))}
    >
      <span class="pulse" aria-hidden="true" />
      <div class="grow">
        <Said {...props} />
      </div>
    </div>
  )
}

function Said({ organization, server, connection: { issuer, answer }, now }: ConnectionLineProps) {
  const ask = (
    <a
      class="link"
      href={`${serverPath(organization, server)}?check=issuer#connection`}
      {...hx({
        get: issuerPath(organization, server),
        target: '#connection',
        swap: 'outerMorph',
        indicator: '#connection',
      })}
    >
      {answer ? 'Check again' : 'Check the connection'}
    </a>
  )
  if (!answer)
    return (
      <p class="small">
        <span class="scripted">
          Asking <code>{issuer}</code> for its keys…
        </span>
        <span class="unscripted">{ask}</span>
      </p>
    )
  if (!answer.ok)
    return (
      <>
        <p>
          <strong>Not connected</strong> to <code>{issuer}</code>
        </p>
        <p class="wrong small">{answer.reason}</p>
        <p class="faint small">
          Checked <Since at={answer.at} now={now} />. Tickets arrive all the same: it is your server
          that verifies tokens. {ask}
        </p>
      </>
    )
  return (
    <>
      <p>
        <Connected issuer={issuer} keys={answer.keys} />
      </p>
      <p class="faint small">
        Checked <Since at={answer.at} now={now} />. {ask}
      </p>
    </>
  )
}

/** An issuer that answered, with what MCP servers will find there. */
export const Connected = ({ issuer, keys }: { issuer: string; keys: number }) => (
  <>
    <strong>Connected</strong> to <code>{issuer}</code>
    {`\u00a0· ${keys === 1 ? '1 key' : `${keys}\u00a0keys`}`}
  </>
)
