import type { Filed } from '#src/intake/replaying.ts'
import { duration } from '#src/lib/time.ts'
import { connectPage, serverAt } from '#src/servers/connect/routes.tsx'
import type { Member } from '#src/staff/who.ts'
import { serverAddress } from '#src/web/host.ts'
import { redirect } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { ticketPath } from '#views/paths.ts'
import { sendTestTicket } from './sending.ts'

/**
 * `POST /{organization}/servers/{server}/test-ticket`. To the ticket; refusals on the page, 422,
 * or 429 where there were too many.
 */
export async function postTestTicket(visit: Visit, member: Member): Promise<Response> {
  const server = await serverAt(visit, member)
  if (!server.enabled) {
    const problem = 'This server is switched off: its address answers nobody.'
    return connectPage(visit, member, server, { problem, status: 422 })
  }
  const filed = await sendTestTicket(
    member,
    server,
    serverAddress(server.slug, visit.desk.config.baseUrl),
  )
  if (filed.ok) {
    const number = Number(filed.receipt.reference.split('-').at(-1))
    return redirect(ticketPath(member.organization.slug, number))
  }
  return connectPage(visit, member, server, {
    problem: inWords(filed),
    status: filed.reason === 'too_many' ? 429 : 422,
  })
}

function inWords(refused: Extract<Filed, { ok: false }>): string {
  if (refused.reason === 'too_many')
    return `You sent several already. Try again in ${duration(refused.retryAfterSeconds * 1000)}.`
  if (refused.reason === 'support_disabled')
    return 'Support is switched off for this server, so that no ticket is taken.'
  return `The ticket was refused: ${refused.reason}.`
}
