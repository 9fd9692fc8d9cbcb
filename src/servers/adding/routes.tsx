import { showFreshKey } from '#src/servers/connect/fresh.tsx'
import { createServer } from '#src/servers/creating.ts'
import { emptyForm, type ServerForm, typedForm } from '#src/servers/form.ts'
import { issuerProblem } from '#src/servers/issuer/checking.ts'
import { previewOf } from '#src/servers/preview.ts'
import { findServer, serversWithActivity } from '#src/servers/queries.ts'
import { readNewServer } from '#src/servers/reading.ts'
import { framed } from '#src/staff/frame.tsx'
import type { Member } from '#src/staff/who.ts'
import { readForm } from '#src/web/body.ts'
import { Problem } from '#src/web/problem.ts'
import { partial } from '#src/web/render.tsx'
import type { Desk, Visit } from '#src/web/route.ts'
import { NewServerPage } from '#views/servers/new.tsx'
import { PreviewAnswer } from '#views/servers/preview.tsx'

/** `GET /{organization}/servers/new` */
export const showNewServer = ({ desk }: Visit, by: Member): Promise<Response> =>
  newServerPage(desk, by, emptyForm, {})

/**
 * `POST /{organization}/servers`: `name`, `slug` (made of the name when empty), and the settings
 * as `postSettings` takes them. 201 with the first key, which is shown this once; 422 with the form.
 */
export async function postServer(visit: Visit, by: Member): Promise<Response> {
  const { desk } = visit
  const sent = await readForm(visit.request)
  const form = { ...typedForm(sent), slug: sent.slug ?? '' }
  const read = readNewServer(sent)
  if (!read.ok) return newServerPage(desk, by, form, read.problems)
  const refused = await issuerProblem(by.scope, read.data, null, desk.config.baseUrl)
  if (refused) return newServerPage(desk, by, form, { issuer: refused })
  const created = await createServer(by.scope, read.data)
  if (!created.ok) return newServerPage(desk, by, form, { [created.field]: created.problem })
  const server = await findServer(by.scope, created.slug)
  if (!server) throw new Problem('not_found')
  return showFreshKey(by, server, created.key, visit)
}

/**
 * `POST /{organization}/servers/new/preview`: a form as it is filled in, as what it would make. Its
 * words are too many for an address, and none of the business of who logs addresses.
 */
export async function previewServer({ desk, request }: Visit): Promise<Response> {
  const form = typedForm(await readForm(request))
  const preview = previewOf(form, desk.config.baseUrl)
  return partial(<PreviewAnswer preview={preview} withAddress={form.slug !== undefined} />)
}

async function newServerPage(
  { config }: Desk,
  by: Member,
  form: ServerForm,
  problems: Record<string, string>,
): Promise<Response> {
  const servers = await serversWithActivity(by.scope)
  return framed(
    by,
    {
      title: 'Add a server',
      active: 'servers',
      servers,
      status: Object.keys(problems).length > 0 ? 422 : 200,
    },
    <NewServerPage
      organization={by.organization}
      form={form}
      problems={problems}
      preview={previewOf(form, config.baseUrl)}
      isFirst={servers.length === 0}
    />,
  )
}
