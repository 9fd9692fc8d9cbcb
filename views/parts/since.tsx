import { duration, utc } from '#src/lib/time.ts'

/** How long ago, to the second. */
export function Since({ at, now }: { at: Date; now: Date }) {
  const seconds = Math.floor((now.getTime() - at.getTime()) / 1000)
  return (
    <time datetime={at.toISOString()} title={utc(at)}>
      {seconds < 1 ? 'just now' : `${duration(seconds * 1000)} ago`}
    </time>
  )
}
