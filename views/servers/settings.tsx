import type { AuthMode } from '#sdk/contract.ts'
import type { ServerForm } from '#src/servers/form.ts'
import type { Connection } from '#src/servers/issuer/checking.ts'
import { settingLimits as max } from '#src/servers/limits.ts'
import type { ServerPreview } from '#src/servers/preview.ts'
import { Field } from '#views/parts/field.tsx'
import { connectPath, endUsersPath, inboxPath, serverPath, serversPath } from '#views/paths.ts'
import { Connected, ConnectionLine } from './connection.tsx'
import { Ending, type EndingProps } from './ending.tsx'
import { AuthFields, ContextFields, ToolFields } from './fields.tsx'
import { Keys, type KeysProps } from './keys.tsx'
import { previewing, Refused } from './new.tsx'
import { ToolPreview } from './preview.tsx'

export type SettingsPageProps = {
  organization: { slug: string }
  server: { slug: string; name: string; auth: AuthMode; enabled: boolean; address: string }
  /** As it is, or as it was typed when it was refused. */
  form: ServerForm
  problems: Record<string, string>
  /** To the issuer that is saved. */
  connection: Connection | undefined
  preview: ServerPreview
  isOwner: boolean
  isSaved: boolean
} & Pick<KeysProps, 'keys' | 'keyProblem' | 'now'> &
  Pick<EndingProps, 'tickets' | 'deletion'>

/** A server and all that can be chosen for it, inside the layout. */
export function SettingsPage(props: SettingsPageProps) {
  const { organization, server, form, problems, connection, preview, isOwner, isSaved, now } = props
  const path = serverPath(organization.slug, server.slug)
  return (
    <div class="page wide">
      <header>
        <p class="small">
          <a class="link tap" href={serversPath(organization.slug)}>
            Servers
          </a>
        </p>
        <h1>
          <bdi>{server.name}</bdi>
        </h1>
        <p class="dotted soft">
          <a class="link tap" href={connectPath(organization.slug, server.slug)}>
            Connect it
          </a>
          <a
            class="link tap"
            href={inboxPath(organization.slug, { status: 'active', server: server.slug })}
          >
            Its tickets
          </a>
          {server.auth === 'platform' && (
            <a class="link tap" href={endUsersPath(organization.slug, server.slug)}>
              Its end-users
            </a>
          )}
        </p>
      </header>
      {isSaved && (
        <p class="note made" role="status">
          <span>Saved. Running servers take it over within seconds, without a restart.</span>
          {connection?.answer?.ok && (
            <span>
              <Connected issuer={connection.issuer} keys={connection.answer.keys} />
            </span>
          )}
        </p>
      )}
      {!server.enabled && (
        <p class="note">This server is disabled: its address takes no tickets.</p>
      )}
      {!isOwner && <p class="note">Owners of the organization can change what you see here.</p>}
      <div class="beside">
        <form
          class="stack settings"
          method="post"
          action={`${path}/settings`}
          {...(isOwner && previewing(organization.slug))}
        >
          <Refused problems={problems} />
          <div class="labelled">
            <span>Address</span>
            <code class="address">{server.address}</code>
            <span class="hint">
              It stays: it is in the programs that use this server, and in the names of its tickets.
            </span>
          </div>
          <fieldset class="stack" disabled={!isOwner}>
            <legend class="hidden">Settings</legend>
            <Field
              label="Name"
              name="name"
              value={form.name}
              problem={problems.name}
              hint="As your users know it; models read it too."
              autocomplete="off"
              maxlength={max.nameCharsMax}
            />
            <AuthFields
              form={form}
              problems={problems}
              issuer={server.auth === 'platform' ? server.address : undefined}
              connection={
                connection &&
                !problems.issuer && (
                  <ConnectionLine
                    organization={organization.slug}
                    server={server.slug}
                    connection={connection}
                    now={now}
                  />
                )
              }
            />
            <ToolFields form={form} problems={problems} />
            <ContextFields form={form} problems={problems} />
          </fieldset>
          {isOwner && (
            <div class="actions start">
              <button class="button main-action" type="submit">
                Save
              </button>
            </div>
          )}
        </form>
        <ToolPreview {...preview} />
      </div>
      <Keys {...props} path={path} />
      {isOwner && <Ending {...props} path={path} />}
    </div>
  )
}
