import { ago, utc } from '#src/lib/time.ts'

/** How long ago, with the exact moment on hover; app.js keeps it up to date. */
export function Ago({ at, now }: { at: Date; now: Date }) {
  return (
    <time datetime={at.toISOString()} title={utc(at)} data-ago>
      {ago(at, now)}
    </time>
  )
}
