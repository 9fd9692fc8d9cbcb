import type { ServerPreview } from '#src/servers/preview.ts'

type AddressProps = Pick<ServerPreview, 'address'>

/** Where a new server would be, while its name is typed. */
export function AddressPreview({ address }: AddressProps) {
  return (
    <span id="address">
      {address ? (
        <>
          Tickets will arrive at <code>{address}</code>. It can’t be changed later.
        </>
      ) : (
        'The server’s name makes it, unless you type one here: 3 to 40 lower-case letters, digits and hyphens.'
      )}
    </span>
  )
}

/** The tool as `tools/list` would show it. */
export function ToolPreview({ tool, check, support }: Omit<ServerPreview, 'address'>) {
  return (
    <aside class="section tool-preview" id="preview" aria-labelledby="preview-title">
      <header>
        <h2 id="preview-title">The tool, as a model sees it</h2>
        <p class="faint small">
          {support
            ? 'These are the exact words: yours, then what tells a model when to use it.'
            : 'Support is off: no model sees this until you switch it on.'}
        </p>
      </header>
      <dl class={['sheet-of', !support && 'dim']}>
        <div>
          <dt>Name</dt>
          <dd class="mono">{tool.name}</dd>
        </div>
        <div>
          <dt>Title</dt>
          <dd>
            <bdi>{tool.title}</bdi>
          </dd>
        </div>
        <div>
          <dt>Description</dt>
          <dd class="words">{tool.description}</dd>
        </div>
        <div>
          <dt>Input schema</dt>
          <dd>
            <pre>{tool.schema}</pre>
          </dd>
        </div>
        {check && (
          <div>
            <dt>Second tool</dt>
            <dd class="mono">{check.name}</dd>
            <dd class="words">{check.description}</dd>
          </div>
        )}
      </dl>
    </aside>
  )
}

type AnswerProps = { preview: ServerPreview; withAddress: boolean }

/** What the form asks for while it is filled in. */
export function PreviewAnswer({ preview, withAddress }: AnswerProps) {
  return (
    <>
      <ToolPreview {...preview} />
      {withAddress && (
        <hx-partial hx-target="#address" hx-swap="outerHTML">
          <AddressPreview address={preview.address} />
        </hx-partial>
      )}
    </>
  )
}
