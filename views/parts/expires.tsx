import { duration, utc } from '#src/lib/time.ts'

type ExpiresProps = { at: Date; now: Date }

/** How much longer something lasts, with the exact moment on hover. */
export function Expires({ at, now }: ExpiresProps) {
  return (
    <time datetime={at.toISOString()} title={utc(at)}>
      {duration(Math.max(0, at.getTime() - now.getTime()))}
    </time>
  )
}
