import { Bare } from '#views/bare.tsx'
import { Field } from '#views/parts/field.tsx'
import { AccountFields } from './account-fields.tsx'

export type SetupPageProps = {
  token: string
  /** Where the desk is, for the address of the organization. */
  host: string
  /** What was typed before, after a refusal. */
  typed?: { organization?: string; slug?: string; name?: string; email?: string }
  problems?: Record<string, string>
}

/** The first page of a new desk: one organization, and who owns it. */
export function SetupPage({ token, host, typed = {}, problems = {} }: SetupPageProps) {
  return (
    <Bare title="Set up">
      <div>
        <h1>Set up your support desk</h1>
        <p class="soft">Then you add your first MCP server.</p>
      </div>
      <form class="stack" method="post" action="/setup">
        <input type="hidden" name="token" value={token} />
        <Field
          label="Your company or team"
          name="organization"
          value={typed.organization}
          problem={problems.organization}
          autocomplete="organization"
          maxlength={80}
          autofocus
        />
        <Field
          label="Its address"
          name="slug"
          prefix={`${host}/`}
          value={typed.slug}
          problem={problems.slug}
          hint="Leave it empty to have it made of the name."
          autocomplete="off"
          maxlength={40}
          slugOf="organization"
          optional
        />
        <AccountFields typed={typed} problems={problems} />
        <button class="button main-action" type="submit">
          Set up the desk
        </button>
      </form>
    </Bare>
  )
}
