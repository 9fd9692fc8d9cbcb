import { hx } from '#src/lib/html/hx.ts'
import type { ServerForm } from '#src/servers/form.ts'
import { settingLimits as max } from '#src/servers/limits.ts'
import type { ServerPreview } from '#src/servers/preview.ts'
import { Field } from '#views/parts/field.tsx'
import { serverPreviewPath, serversPath } from '#views/paths.ts'
import { AuthFields, ContextFields, ToolFields } from './fields.tsx'
import { AddressPreview, ToolPreview } from './preview.tsx'

export type NewServerPageProps = {
  organization: { slug: string }
  form: ServerForm
  problems: Record<string, string>
  preview: ServerPreview
  /** Whether the organization has no server yet. */
  isFirst: boolean
}

/** What a preview follows: the form as it is filled in. */
export const previewing = (organization: string) =>
  hx({
    post: serverPreviewPath(organization),
    trigger: 'input delay:200ms',
    target: '#preview',
    swap: 'outerMorph',
    sync: 'this:replace',
  })

/** Adding a server, inside the layout. */
export function NewServerPage(props: NewServerPageProps) {
  const { organization, form, problems, preview, isFirst } = props
  const slug = organization.slug
  return (
    <div class="page wide">
      <header>
        <h1>{isFirst ? 'Add your first MCP server' : 'Add a server'}</h1>
        <p class="soft">
          You get an address and a key for it. All but the address can be changed later.
        </p>
      </header>
      <div class="beside">
        <form class="stack settings" method="post" action={serversPath(slug)} {...previewing(slug)}>
          <Refused problems={problems} />
          <Field
            label="Name"
            name="name"
            value={form.name}
            problem={problems.name}
            hint="As your users know it; models read it too."
            autocomplete="off"
            maxlength={max.nameCharsMax}
            autofocus={Object.keys(problems).length === 0}
          />
          <Field
            label="Address"
            name="slug"
            value={form.slug}
            problem={problems.slug}
            hint={<AddressPreview address={preview.address} />}
            autocomplete="off"
            maxlength={max.slugCharsMax}
            slugOf="name"
            optional
          />
          <AuthFields form={form} problems={problems} />
          <ToolFields form={form} problems={problems} />
          <ContextFields form={form} problems={problems} />
          <div class="actions start">
            <button class="button main-action" type="submit">
              Add the server
            </button>
            <a class="button bare" href={serversPath(slug)}>
              Cancel
            </a>
          </div>
        </form>
        <ToolPreview {...preview} />
      </div>
    </div>
  )
}

/** Says above a long form that something in it is wrong. */
export function Refused({ problems }: { problems: Record<string, string> }) {
  const count = Object.keys(problems).length
  if (count === 0) return null
  return (
    <p class="problem" role="alert">
      {count === 1 ? 'One field needs' : `${count} fields need`} another look. Nothing was saved.
    </p>
  )
}
