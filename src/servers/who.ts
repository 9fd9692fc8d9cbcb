import { Problem } from '#src/web/problem.ts'
import type { Who } from '#src/web/route.ts'
import { type AdmittedServer, serverByKey } from './queries.ts'

/**
 * A company's MCP server, by its key (`Authorization: Bearer`, RFC 6750). An unknown address, a
 * disabled server and a wrong key are one and the same refusal.
 */
export const serverKey: Who<AdmittedServer> = {
  name: 'server key',
  byKey: true,
  admit: async ({ desk, request, place, params }) => {
    const slug = place.kind === 'server' ? place.slug : (params.slug ?? '')
    const header = request.headers.get('authorization') ?? ''
    const key = /^Bearer (sk_[\w-]{43})$/i.exec(header)?.[1] ?? ''
    const admitted = await serverByKey(desk.database, slug, key)
    if (!admitted) throw new Problem('key_invalid')
    return admitted
  },
}
