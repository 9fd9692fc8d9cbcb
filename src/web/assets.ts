import { assetAt } from '#src/lib/assets.ts'
import { Problem } from './problem.ts'
import type { Visit } from './route.ts'

/** `GET /assets/{file}`: a public file under the name that `assetUrl` gave it, small where asked. */
export function serveAsset({ params, request }: Visit): Response {
  const asset = assetAt(params.file ?? '')
  if (!asset) throw new Problem('not_found')
  const { type, body, gzip } = asset
  const isSmall = gzip && takesGzip(request.headers.get('accept-encoding') ?? '')
  return new Response(isSmall ? gzip : body, {
    headers: {
      'content-type': type,
      'cache-control': 'public, max-age=31536000, immutable',
      ...(gzip && { vary: 'accept-encoding' }),
      ...(isSmall && { 'content-encoding': 'gzip' }),
    },
  })
}

/** RFC 9110, 12.5.3: named, and not with the weight 0. */
const takesGzip = (accepted: string): boolean =>
  /(^|[,\s])gzip\s*(,|$|;\s*q=(?!0(\.0*)?\s*(,|$)))/i.test(accepted)
