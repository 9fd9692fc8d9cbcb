import { type SQL, sql } from 'drizzle-orm'
import type { Handle } from './database.ts'
import type { Tx } from './scope.ts'

/** A token bucket: `burst` at once, then `perHour` more each hour. */
export type Rate = { burst: number; perHour: number }

export type Taken = { ok: true } | { ok: false; retryAfterSeconds: number }

type Bucket = { table: 'rate_bucket' | 'attempt_bucket'; columns: string[]; values: string[] }

/** A bucket of one organization. */
export const rateBucket = (organizationId: string, key: string): Bucket => ({
  table: 'rate_bucket',
  columns: ['organization_id', 'key'],
  values: [organizationId, key],
})

/** A bucket from before an organization is known. */
export const attemptBucket = (key: string): Bucket => ({
  table: 'attempt_bucket',
  columns: ['key'],
  values: [key],
})

/**
 * Takes one token, exactly, however many processes ask at once: the row's lock is the queue. A
 * refusal changes nothing, so a flood can't starve those who wait.
 */
export async function takeToken(db: Handle | Tx, bucket: Bucket, rate: Rate): Promise<Taken> {
  const table = sql.identifier(bucket.table)
  const key = sql.join(
    bucket.columns.map((name) => sql.identifier(name)),
    sql`, `,
  )
  const values = sql.join(
    bucket.values.map((value) => sql`${value}`),
    sql`, `,
  )
  const perSecond = sql`${rate.perHour / 3600}::float8`
  const burst = sql`${rate.burst}::float8`
  const accrued = (now: SQL) =>
    sql`least(${burst}, b.tokens + greatest(0, extract(epoch from ${now} - b.updated_at)) * ${perSecond})`
  const taken = await db.execute(sql`
    insert into ${table} as b (${key}, tokens, updated_at)
    values (${values}, ${burst} - 1, clock_timestamp())
    on conflict (${key}) do update
      set tokens = ${accrued(sql`excluded.updated_at`)} - 1,
          updated_at = greatest(b.updated_at, excluded.updated_at)
      where ${accrued(sql`excluded.updated_at`)} >= 1
    returning 1`)
  if (taken.length > 0) return { ok: true }
  const [row] = await db.execute<{ seconds: number }>(sql`
    select ceil((1 - ${accrued(sql`clock_timestamp()`)}) / ${perSecond})::int as seconds
      from ${table} b where (${key}) = (${values})`)
  return { ok: false, retryAfterSeconds: Math.max(1, row?.seconds ?? 1) }
}

/** Forgets a bucket, so that its next holder starts full. */
export async function emptyBucket(db: Handle | Tx, { table, columns, values }: Bucket) {
  const key = sql.join(
    columns.map((name) => sql.identifier(name)),
    sql`, `,
  )
  const given = sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )
  await db.execute(sql`delete from ${sql.identifier(table)} where (${key}) = (${given})`)
}
