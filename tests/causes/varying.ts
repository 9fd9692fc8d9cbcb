import { type Part, plainText } from './corpus.ts'

/** Numbers from 0 to below 1 that are the same in every run (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

type Draw = () => number
const pick = <T>(draw: Draw, from: readonly T[]): T => from[Math.floor(draw() * from.length)] as T
const digits = (draw: Draw, n: number) =>
  Array.from({ length: n }, (_, at) => Math.floor(draw() * (at ? 10 : 9)) + (at ? 0 : 1)).join('')

/** Every run of digits another one, which does not begin with a zero. */
const renumbered = (draw: Draw, given: string) =>
  given.replace(/\d+/g, (run) => digits(draw, run.length))

const words = [
  ...['orders', 'north', 'Küche', 'invoice', 'alpha', 'team', 'report', 'crème', 'atlas', 'maple'],
  ...['sandbox', 'winter', 'ledger', 'harbor', 'photo', 'lambda', 'été', 'straße', 'mango', 'q3'],
]
const word = (draw: Draw) => pick(draw, words)
const plain = (draw: Draw) =>
  pick(draw, words.slice(0, 2).concat('ledger', 'harbor', 'atlas', 'maple'))

/** A character of the same sort. */
function alike(draw: Draw, character: string, isHex: boolean): string {
  if (/\d/.test(character)) return String(Math.floor(draw() * 10))
  const letters = isHex ? 'abcdef' : 'abcdefghijkmnpqrstuvwxyz'
  if (/[a-z]/.test(character)) return pick(draw, [...letters])
  return /[A-Z]/.test(character) ? pick(draw, [...letters.toUpperCase()]) : character
}

/** What stands before the last separator of an id names its sort, as in `cus_9s6XKzkN`. */
function id(draw: Draw, given: string): string {
  if (/^0x/i.test(given)) return number(draw, given)
  const prefix =
    /^(?:[a-z]{2,8}[_-](?:test_|live_)?|[A-Z]{2,10}-(?=\d)|arn:[\w:-]*:)/.exec(given)?.[0] ?? ''
  const isHex = /^[\da-f:-]+$/i.test(given)
  const rest = [...given.slice(prefix.length)].map((c) => alike(draw, c, isHex)).join('')
  return prefix + rest
}

/** A number of another size; in prose large ones as one locale or another groups them. */
function number(draw: Draw, given: string, isProse = true): string {
  if (/^0x/i.test(given))
    return given.slice(0, 2) + [...given.slice(2)].map((c) => alike(draw, c, true)).join('')
  if (!/^\d+$/.test(given)) return renumbered(draw, given)
  const other = digits(draw, Math.max(1, given.length + Math.floor(draw() * 3) - 1))
  if (!isProse || other.length < 4 || draw() < 0.6) return other
  const group = pick(draw, [',', '.', '\u202f', '\u00a0', '’'])
  return other.replace(/(?<=\d)(?=(?:\d{3})+$)/g, group)
}

/** How a log line begins: month and day, clock, fraction. */
const stamp = /^\d{4}([ /])\d\d(:?)\d\d:?\d\d\.(\d+)$/

function time(draw: Draw, given: string): string {
  const at = new Date(Date.UTC(2024, 0, 1) + draw() * 3e10)
  const two = (n: number) => String(n).padStart(2, '0')
  if (/^\d{1,2}:\d{2}$/.test(given)) return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`
  if (/^\d+$/.test(given)) return digits(draw, given.length)
  if (/^\d{4}-\d{2}-\d{2}$/.test(given)) return at.toISOString().slice(0, 10)
  const [day, month, year] = [two(at.getUTCDate()), two(at.getUTCMonth() + 1), at.getUTCFullYear()]
  const clock = at.toISOString().slice(11, 19)
  const [log, gap, colon = '', second = ''] = stamp.exec(given) ?? []
  if (log)
    return `${month}${day}${gap}${clock.replaceAll(':', colon)}.${digits(draw, second.length)}`
  return pick(draw, [
    at.toISOString(),
    at.toUTCString(),
    `${at.toISOString().slice(0, 19)}+02:00`,
    `${day}.${month}.${year} ${clock}`,
    `${month}/${day}/${year}, ${at.getUTCHours() % 12 || 12}:${two(at.getUTCMinutes())} PM`,
    `${year}-${month}-${day} ${clock}`,
  ])
}

function path(draw: Draw, given: string): string {
  const windows = /\\\\?/.exec(given)?.[0]
  const extension = /\.\w+$/.exec(given)?.[0] ?? ''
  const names = Array.from({ length: 1 + Math.floor(draw() * 4) }, () => word(draw))
  const name = `${names.pop()}${draw() < 0.5 ? digits(draw, 2) : ''}${extension}`
  if (windows) return ['D:', ...names, name].join(windows)
  const begin = /^(?:\/|\.{1,2}\/|~\/)/.exec(given)?.[0] ?? ''
  const isSingle = !given.includes('/')
  return isSingle ? name : begin + [...names, 'data', name].join('/')
}

const host = (draw: Draw, given: string): string => {
  const port = /:(\d{2,5})$/.exec(given)?.[1]
  const end = port ? `:${digits(draw, port.length)}` : ''
  if (/^[\d.]+(?::\d+)?$/.test(given))
    return `${[10, 0, 0, 0].map((n) => n || Math.floor(draw() * 250) + 1).join('.')}${end}`
  if (/^(?:[\da-f]*:){2,}/i.test(given)) return `2001:db8::${digits(draw, 2)}${port ? end : ''}`
  return `${plain(draw)}${draw() < 0.5 ? `-${digits(draw, 1)}` : ''}.example.${pick(draw, ['com', 'org', 'net'])}${end}`
}

function url(draw: Draw, given: string): string {
  const [, scheme = 'https'] = /^([a-z+]+):/i.exec(given) ?? []
  const query = draw() < 0.4 ? `?q=${plain(draw)}&page=${digits(draw, 1)}` : ''
  return `${scheme}://${plain(draw)}.example.com/${plain(draw)}/${digits(draw, 3)}${query}`
}

const email = (draw: Draw) => `${plain(draw)}.${plain(draw)}${digits(draw, 1)}@example.net`

function quoted(draw: Draw, given: string): string {
  if (/^\d+$/.test(given)) return digits(draw, given.length)
  const count = given.includes(' ') ? 1 + Math.floor(draw() * 3) : 1
  const joint = given.includes('_') ? '_' : ' '
  return Array.from({ length: count }, () => word(draw)).join(joint) || 'x'
}

/** A free name keeps its shape: an identifier stays one, what opens a tag also closes it. */
function name(draw: Draw, given: string): string {
  if (/[^\w.-]/.test(given)) {
    const known = new Map<string, string>()
    return given.replace(/[A-Za-z]+|\d/g, (part) => {
      const other = known.get(part) ?? [...part].map((c) => alike(draw, c, false)).join('')
      if (/[A-Za-z]/.test(part)) known.set(part, other)
      return other
    })
  }
  const other = given.replace(/[A-Za-z]{2,}/g, (part) => {
    const other = plain(draw)
    if (part === part.toUpperCase()) return other.toUpperCase()
    return /^[A-Z]/.test(part) ? other[0]?.toUpperCase() + other.slice(1) : other
  })
  return renumbered(draw, other)
}

const kinds: Record<string, (draw: Draw, given: string) => string> = {
  ...{ id, number, time, path, host, url, quoted, name },
  email,
}

const quotes = [
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['“', '”'],
] as const

/** The same fault, met with other values, the same one in all its places; in prose also with other quotes. */
export function vary(parts: Part[], draw: Draw): Part[] {
  const isPrinted = parts.some(
    ({ kind, text }) => /[{[]\s*(?:["'{\\]|$)/.test(text) || (kind === 'time' && stamp.test(text)),
  )
  const drawn = new Map<string, string>()
  const varied = parts.map((part, at) => {
    const { kind, text } = part
    if (!kind) return { ...part }
    const isGlued = /(?:[:=]|\w\()$/.test(parts[at - 1]?.text ?? '')
    if (kind === 'number')
      return { kind, text: isPrinted ? renumbered(draw, text) : number(draw, text, !isGlued) }
    const isName = parts.some((other) => other.kind === 'name' && other.text === text)
    const other = drawn.get(text) ?? kinds[isName ? 'name' : kind]?.(draw, text) ?? text
    drawn.set(text, other)
    return { kind, text: other }
  })
  if (isPrinted) return varied
  const all = plainText(parts)
  for (const [at, part] of varied.entries()) {
    const [before, after] = [varied[at - 1], varied[at + 1]]
    const open = before?.text.at(-1) ?? ''
    if (!part.kind || !before || !after || !/["'`]/.test(open) || after.text[0] !== open) continue
    if (/\w\(.$/.test(before.text)) continue
    const [left, right] = pick(draw, quotes)
    if (left !== open && all.includes(left)) continue
    before.text = before.text.slice(0, -1) + left
    after.text = right + after.text.slice(1)
  }
  return varied
}
