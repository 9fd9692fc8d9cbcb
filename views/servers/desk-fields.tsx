import { settingLimits as max } from '#src/servers/limits.ts'
import { Copied } from '#views/parts/copied.tsx'
import { Field } from '#views/parts/field.tsx'
import type { PartProps } from './fields.tsx'

/** `issuer` is the address of the desk's issuer for this server, where it is one already. */
type DeskProps = PartProps & { issuer: string | undefined }

/** What goes with a server whose end-users the desk signs in. */
export function DeskFields({ form, problems, issuer }: DeskProps) {
  return (
    <>
      {issuer !== undefined && (
        <div class="labelled">
          <span>Issuer</span>
          <Copied id="desk-issuer" label="Issuer" value={issuer} />
          <span class="hint">
            Whose tokens your server accepts. Its users sign in at{' '}
            <a class="link" href={`${issuer}/sign-in`}>
              its sign-in page
            </a>
            .
          </span>
        </div>
      )}
      <Field
        label="Address of your MCP server"
        name="resource"
        value={form.resource}
        problem={problems.resource}
        hint="Such as https://docuapi.example/mcp. Left empty, tokens for any address are issued, each good for that address alone."
        autocomplete="off"
        maxlength={max.issuerCharsMax}
        optional
      />
      {issuer !== undefined && (
        <p class="faint small">
          With another choice this issuer is gone: nobody signs in here, and no token is issued. The
          accounts stay, and are there again with this one.
        </p>
      )}
    </>
  )
}
