import { z } from 'zod'
import { isId } from '#src/staff/forms.ts'
import { framed } from '#src/staff/frame.tsx'
import type { Member } from '#src/staff/who.ts'
import { readForm } from '#src/web/body.ts'
import { serverAddress } from '#src/web/host.ts'
import { Problem } from '#src/web/problem.ts'
import { redirect } from '#src/web/render.tsx'
import type { Desk, Visit } from '#src/web/route.ts'
import { serverPath, serversPath } from '#views/paths.ts'
import { ServersPage } from '#views/servers/list.tsx'
import { SettingsPage, type SettingsPageProps } from '#views/servers/settings.tsx'
import { showFreshKey } from './connect/fresh.tsx'
import { deleteServer } from './deleting.ts'
import { formOf, typedForm } from './form.ts'
import {
  askedConnectionOf,
  type Connection,
  connectionOf,
  issuerProblem,
} from './issuer/checking.ts'
import { addKey, listKeys, revokeKey } from './keys.ts'
import { previewOf } from './preview.ts'
import { findServer, type McpServer, serversWithActivity, ticketCount } from './queries.ts'
import { readSettings } from './reading.ts'
import { changeSettings, setEnabled } from './settings.ts'

/** `GET /{organization}/servers` */
export async function showServers({ desk }: Visit, member: Member): Promise<Response> {
  const servers = await serversWithActivity(member.scope)
  return framed(
    member,
    { title: 'Servers', active: 'servers', servers },
    <ServersPage
      organization={member.organization}
      servers={servers.map((server) => ({ ...server, address: addressOf(desk, server) }))}
      isOwner={member.role === 'owner'}
      now={new Date()}
    />,
  )
}

/** `GET /{organization}/servers/{server}`; with `?check=issuer`, after asking its issuer. */
export async function showServer({ desk, params, url }: Visit, member: Member): Promise<Response> {
  const server = await serverOf(params, member)
  const isSaved = url.searchParams.get('changed') === 'settings'
  const checks = url.searchParams.get('check') === 'issuer'
  const connection = checks
    ? await askedConnectionOf(member.scope, server, desk.config.baseUrl)
    : undefined
  return settingsPage(desk, member, server, { isSaved, ...(connection && { connection }) })
}

/**
 * `POST /{organization}/servers/{server}/settings`: `name`, `auth` with `issuer`, `audience`,
 * `emailClaim` and `nameClaim`, or with `resource`; `support`, `title`, `description`, `categories`
 * (one a line), `context`. 422 with the form, also where another issuer than before can't be used.
 */
export async function postSettings(visit: Visit, by: Member): Promise<Response> {
  const server = await serverOf(visit.params, by)
  const sent = await readForm(visit.request)
  const { slug: _, ...form } = typedForm(sent)
  const read = readSettings(sent)
  if (!read.ok) return settingsPage(visit.desk, by, server, { form, problems: read.problems }, 422)
  const refused = await issuerProblem(by.scope, read.data, server, visit.desk.config.baseUrl)
  if (refused)
    return settingsPage(visit.desk, by, server, { form, problems: { issuer: refused } }, 422)
  await changeSettings(by.scope, server.id, read.data)
  return redirect(`${serverPath(by.organization.slug, server.slug)}?changed=settings`)
}

const statusForm = z.object({ enabled: z.enum(['on', 'off']) })

/** `POST /{organization}/servers/{server}/status`: `enabled`, on or off. */
export async function postServerStatus({ params, request }: Visit, by: Member): Promise<Response> {
  const server = await serverOf(params, by)
  const form = statusForm.safeParse(await readForm(request))
  if (!form.success) throw new Problem('input_invalid', 'A server is enabled: on or off.')
  await setEnabled(by.scope, server.id, form.data.enabled === 'on')
  return redirect(serverPath(by.organization.slug, server.slug))
}

const keyForm = z.object({ kind: z.enum(['secret', 'publishable']) })

/** `POST /{organization}/servers/{server}/keys`: `kind`. The key, this once; too many are 422. */
export async function postKey(visit: Visit, by: Member): Promise<Response> {
  const server = await serverOf(visit.params, by)
  const form = keyForm.safeParse(await readForm(visit.request))
  if (!form.success) throw new Problem('input_invalid', 'A key is secret or publishable.')
  const added = await addKey(by.scope, server.id, form.data.kind)
  if (!added.ok) return settingsPage(visit.desk, by, server, { keyProblem: added.problem }, 422)
  return showFreshKey(by, server, added.key, visit)
}

/** `POST /{organization}/servers/{server}/keys/{key}/revocation` */
export async function postRevocation({ params }: Visit, by: Member): Promise<Response> {
  const server = await serverOf(params, by)
  const key = params.key ?? ''
  if (!isId(key) || !(await revokeKey(by.scope, server.id, key))) throw new Problem('not_found')
  return redirect(`${serverPath(by.organization.slug, server.slug)}#keys`)
}

/** `POST /{organization}/servers/{server}/deletion`: `typed`, its name. Another name: 422. */
export async function postDeletion(visit: Visit, by: Member): Promise<Response> {
  const server = await serverOf(visit.params, by)
  const { typed = '' } = await readForm(visit.request)
  const deleted = await deleteServer(by.scope, server, typed)
  if (deleted.ok) return redirect(serversPath(by.organization.slug))
  return settingsPage(
    visit.desk,
    by,
    server,
    { deletion: { typed, problem: deleted.problem } },
    422,
  )
}

async function serverOf({ server = '' }: Record<string, string>, { scope }: Member) {
  const found = await findServer(scope, server)
  if (!found) throw new Problem('not_found')
  return found
}

const addressOf = ({ config }: Desk, { slug }: { slug: string }) =>
  serverAddress(slug, config.baseUrl)

type More = Partial<
  Pick<SettingsPageProps, 'form' | 'problems' | 'isSaved' | 'keyProblem' | 'deletion'>
> & { connection?: Connection }

async function settingsPage(
  desk: Desk,
  member: Member,
  server: McpServer,
  {
    form = formOf(server),
    problems = {},
    isSaved = false,
    connection = connectionOf(member.scope, server),
    ...more
  }: More = {},
  status = 200,
): Promise<Response> {
  const [keys, tickets] = await Promise.all([
    listKeys(member.scope, server.id),
    ticketCount(member.scope, server.id),
  ])
  return framed(
    member,
    { title: server.name, active: 'servers', status },
    <SettingsPage
      {...more}
      organization={member.organization}
      server={{ ...server, address: addressOf(desk, server) }}
      form={form}
      problems={problems}
      connection={connection}
      preview={previewOf(form, desk.config.baseUrl)}
      isOwner={member.role === 'owner'}
      isSaved={isSaved}
      keys={keys}
      tickets={tickets}
      now={new Date()}
    />,
  )
}
