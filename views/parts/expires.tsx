import { duration, utc } from '#src/lib/time.ts'

/** How much longer something lasts, with the exact moment on hover. */
export function Expires({ at, now }: { at: Date; now: Date }) {
  return (
    <time datetime={at.toISOString()} title={utc(at)}>
      {duration(Math.max(0, at.getTime() - now.getTime()))}
    </time>
  )
}
