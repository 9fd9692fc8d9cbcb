import { sql } from 'drizzle-orm'
import { unscoped } from '#src/db/scope.ts'
import type { Visit } from './route.ts'

/** `GET /healthz`: 200 `ok` when the database answers, for load balancers; else 503. */
export async function showHealth({ desk }: Visit): Promise<Response> {
  await unscoped(desk.database, 'health', (db) => db.execute(sql`select 1`))
  return new Response('ok\n', { headers: { 'cache-control': 'no-store' } })
}
