import { traceOf } from '#src/lib/log.ts'
import { Problem } from '#src/web/problem.ts'
import type { Desk, Who } from '#src/web/route.ts'
import { type AdmittedServer, serverByKey } from './queries.ts'
import { noteRefusal } from './refusals.ts'
import { noteUse } from './seen.ts'

/**
 * A company's MCP server, by its key (`Authorization: Bearer`, RFC 6750). An unknown address, a
 * disabled server and a wrong key are one and the same refusal.
 */
export const serverKey: Who<AdmittedServer> = {
  name: 'server key',
  cookieless: true,
  admit: async ({ desk, request, place, params }) => {
    const slug = place.kind === 'server' ? place.slug : (params.slug ?? '')
    const header = request.headers.get('authorization') ?? ''
    const key = /^Bearer ([sp]k_[\w-]{43})$/i.exec(header)?.[1] ?? ''
    const { known, admitted } = await serverByKey(desk, slug, key)
    if (admitted) {
      aside(desk, noteUse(admitted))
      return admitted
    }
    if (known) aside(desk, noteRefusal(known.scope, known.serverId, 'key_invalid'))
    throw new Problem('key_invalid')
  },
}

/** Lets a note be written beside the request, which neither waits for it nor fails with it. */
export function aside({ log }: Desk, noting: Promise<void>): void {
  noting.catch((error) => log('error', 'a note was not written', { error: traceOf(error) }))
}
