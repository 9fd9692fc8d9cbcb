/** Times in the words of the pages. Pure: `now` is given. `public/app.js` repeats `ago`. */

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
/** From here on a date says more than a number of days. */
const agoDaysMax = 30

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
const two = (n: number) => String(n).padStart(2, '0')
const day = (at: Date) => `${at.getUTCDate()} ${months[at.getUTCMonth()]}`

/** How long ago, short: "now", "4 min", "1 h", "3 d", then "2 Oct" or "2 Oct 2025". */
export function ago(at: Date, now: Date): string {
  const ms = now.getTime() - at.getTime()
  if (Number.isNaN(ms)) return ''
  if (ms < minuteMs) return 'now'
  if (ms < hourMs) return `${Math.floor(ms / minuteMs)} min`
  if (ms < dayMs) return `${Math.floor(ms / hourMs)} h`
  if (ms < agoDaysMax * dayMs) return `${Math.floor(ms / dayMs)} d`
  return at.getUTCFullYear() === now.getUTCFullYear()
    ? day(at)
    : `${day(at)} ${at.getUTCFullYear()}`
}

/** The moment in full: "22 Nov 2026, 09:14:05 UTC". */
export function utc(at: Date): string {
  if (Number.isNaN(at.getTime())) return ''
  const clock = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map(two).join(':')
  return `${day(at)} ${at.getUTCFullYear()}, ${clock} UTC`
}

/** Distance of a moment from another, as on a clock: "−0:52", "−1:02:03", "+0:04". */
export function offset(at: Date, from: Date): string {
  const ms = at.getTime() - from.getTime()
  if (Number.isNaN(ms)) return ''
  const seconds = Math.round(Math.abs(ms) / 1000)
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const clock = h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
  return `${seconds === 0 ? '' : ms < 0 ? '−' : '+'}${clock}`
}

/** A length of time, at most two units: "41 ms", "1.2 s", "1 min 48 s", "2 h 5 min", "3 d". */
export function duration(ms: number): string {
  if (!Number.isFinite(ms) || ms < 0) return ''
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 9950) return `${(ms / 1000).toFixed(1).replace('.0', '')} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return units(Math.floor(seconds / 60), 'min', seconds % 60, 's')
  const minutes = Math.floor(seconds / 60)
  if (minutes < 1440) return units(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
  const hours = Math.floor(minutes / 60)
  return units(Math.floor(hours / 24), 'd', hours % 24, 'h')
}

const units = (large: number, largeUnit: string, small: number, smallUnit: string) =>
  small ? `${large} ${largeUnit} ${small} ${smallUnit}` : `${large} ${largeUnit}`
