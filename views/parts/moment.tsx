import { utc } from '#src/lib/time.ts'

/** A moment, to the minute: "22 Nov 2026, 09:14 UTC". */
export function Moment({ at }: { at: Date }) {
  return <time datetime={at.toISOString()}>{utc(at).replace(/:\d\d UTC$/, ' UTC')}</time>
}
