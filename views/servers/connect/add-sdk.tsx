import { serverKeysPath } from '#views/paths.ts'
import type { ConnectPageProps } from './page.tsx'
import { Choices, Copyable } from './snippet.tsx'

/** The package, its two settings, and the line that adds it. */
export function AddSdk(props: ConnectPageProps) {
  const { organization, server, snippets, freshKey, isOwner } = props
  return (
    <>
      <h2>Add the SDK</h2>
      <Choices id="install" label="Install command" choices={snippets.install} />
      <p class="faint small">
        It is not on npm yet: <code>npm pack</code> in <code>sdk/</code> of a checkout makes a file
        to install instead.
      </p>
      <h3>
        In the environment of your server, such as <code>.env</code>
      </h3>
      <Copyable id="environment-text" label="Environment" text={snippets.environment} />
      {freshKey ? (
        <p class="note made" role="status">
          Copy the key now: it is not shown again. Keep it out of code and of version control.
        </p>
      ) : (
        <div class="row">
          <p class="faint small grow">
            A key is shown once, when it is made. Use the one you stored
            {isOwner ? ', or make another.' : ', or ask an owner for a new one.'}
          </p>
          {isOwner && (
            <form method="post" action={serverKeysPath(organization, server.slug)}>
              <button class="button" type="submit" name="kind" value="secret">
                Make a new key
              </button>
            </form>
          )}
        </div>
      )}
      <h3>
        In your server, with <code>@modelcontextprotocol/sdk</code> or{' '}
        <code>@modelcontextprotocol/server</code>: for each server object you make
      </h3>
      <Choices id="code" label="Code" choices={snippets.code} />
      {snippets.verify && (
        <>
          <h3>Where it takes requests: its end-users’ tokens, which this desk issues</h3>
          <Copyable id="verify-text" label="Token verifier" text={snippets.verify} />
        </>
      )}
    </>
  )
}
