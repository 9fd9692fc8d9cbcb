import { type SQL, sql } from 'drizzle-orm'
import type { Handle } from './database.ts'
import type { Tx } from './scope.ts'

/** A token bucket: `burst` at once, then `perHour` more each hour. */
export type Rate = { burst: number; perHour: number }

export type Taken = { ok: true } | { ok: false; retryAfterSeconds: number }

export type Bucket = {
  table: 'rate_bucket' | 'attempt_bucket'
  columns: string[]
  values: string[]
}

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
  const key = listed(bucket.columns)
  const perSecond = sql`${rate.perHour / 3600}::float8`
  const burst = sql`${rate.burst}::float8`
  const accrued = (now: SQL) =>
    sql`least(${burst}, b.tokens + greatest(0, extract(epoch from ${now} - b.updated_at)) * ${perSecond})`
  const taken = await db.execute(sql`
    insert into ${table} as b (${key}, tokens, updated_at)
    values (${valued(bucket.values)}, ${burst} - 1, clock_timestamp())
    on conflict (${key}) do update
      set tokens = ${accrued(sql`excluded.updated_at`)} - 1,
          updated_at = greatest(b.updated_at, excluded.updated_at)
      where ${accrued(sql`excluded.updated_at`)} >= 1
    returning 1`)
  if (taken.length > 0) return { ok: true }
  const [row] = await db.execute<{ seconds: number }>(sql`
    select ceil((1 - ${accrued(sql`clock_timestamp()`)}) / ${perSecond})::int as seconds
      from ${table} b where ${isBucket(bucket)}`)
  return { ok: false, retryAfterSeconds: Math.max(1, row?.seconds ?? 1) }
}

/** Gives a token back that turned out not to be due. */
export async function returnToken(db: Handle | Tx, bucket: Bucket, rate: Rate): Promise<void> {
  await db.execute(sql`
    update ${sql.identifier(bucket.table)} set tokens = least(${rate.burst}::float8, tokens + 1)
     where ${isBucket(bucket)}`)
}

/** Forgets a bucket, so that its next holder starts full. */
export async function emptyBucket(db: Handle | Tx, bucket: Bucket): Promise<void> {
  await db.execute(sql`delete from ${sql.identifier(bucket.table)} where ${isBucket(bucket)}`)
}

const listed = (names: string[]) =>
  sql.join(
    names.map((name) => sql.identifier(name)),
    sql`, `,
  )
const valued = (values: string[]) =>
  sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )
const isBucket = ({ columns, values }: Bucket) => sql`(${listed(columns)}) = (${valued(values)})`
