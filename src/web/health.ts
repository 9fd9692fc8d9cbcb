import { ping } from '#src/db/health.ts'
import type { Visit } from './route.ts'

/** `GET /healthz`: 200 `ok` when the database answers, for load balancers; else 503. */
export async function showHealth({ desk }: Visit): Promise<Response> {
  await ping(desk.database)
  return new Response('ok\n', { headers: { 'cache-control': 'no-store' } })
}
