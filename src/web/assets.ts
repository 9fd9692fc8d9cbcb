import { assetAt } from '#src/lib/assets.ts'
import { Problem } from './problem.ts'
import type { Visit } from './route.ts'

/** `GET /assets/{file}`: a public file under the name that `assetUrl` gave it. */
export function serveAsset({ params }: Visit): Response {
  const asset = assetAt(params.file ?? '')
  if (!asset) throw new Problem('not_found')
  return new Response(asset.body, {
    headers: { 'content-type': asset.type, 'cache-control': 'public, max-age=31536000, immutable' },
  })
}
