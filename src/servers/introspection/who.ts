import { OAuthError } from '#src/web/oauth.ts'
import { Problem } from '#src/web/problem.ts'
import type { Who } from '#src/web/route.ts'
import type { AdmittedServer } from '../queries.ts'
import { serverKey } from '../who.ts'

/**
 * A company's MCP server that asks about a token, by a secret key: what is published could ask too,
 * and learn of whoever's token it found. Refused in OAuth's words (RFC 7662 2.3, RFC 6750 3).
 */
export const secretKey: Who<AdmittedServer> = {
  name: 'secret key',
  cookieless: true,
  admit: async (visit) => {
    try {
      const admitted = await serverKey.admit(visit)
      if (admitted.key.kind === 'secret') return admitted
    } catch (thrown) {
      if (!(thrown instanceof Problem && thrown.code === 'key_invalid')) throw thrown
    }
    throw new OAuthError('invalid_client', 'The server’s secret key is not valid here.', {
      status: 401,
      headers: { 'www-authenticate': 'Bearer realm="mcp-obs"' },
    })
  },
}
