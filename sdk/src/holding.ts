import { isLogin, redacted } from './marks.ts'
import type { Names } from './secrets.ts'

/** Yes, no and nothing give nothing away; of numbers, amounts of tokens do not either. */
export function holdsSecret(name: string, value: unknown, names: Names): boolean {
  if (value === null || value === undefined || value === '') return false
  if (names.isOwn(name)) return true
  if (typeof value === 'boolean') return false
  if (/^auth$/i.test(name)) return typeof value !== 'object' || Array.isArray(value)
  return names.isSecret(name) && !(typeof value === 'number' && /tokens$/i.test(name))
}

/** The name in `{ name: 'Authorization', value: … }`, as lists of headers and variables have it. */
export function nameBeside(fields: [key: string, value: unknown][]): string | undefined {
  if (!fields.some(([key]) => isValueKey(key))) return undefined
  const name = fields.find(
    ([key, value]) => /^(?:name|key|header)$/i.test(key) && typeof value === 'string',
  )
  return name?.[1] as string | undefined
}

export const isValueKey = (key: string) => /^values?$/i.test(key)

const fieldNames = /^(?:email|e-mail|user|username|login|name|id|type|string|value)$/i

/** A list of headers, names and values in turn, as Node has it. */
const headerName = /^(?:(?:proxy-)?authorization|(?:set-)?cookie|x-[a-z-]+)$/i

const oneWord = /^[\p{L}\p{M}\p{N}_.-]{1,128}$/u

/** An item after the name of a secret: `['Authorization', …]`, or `'--password', …` anywhere. */
export function withoutPaired(list: unknown[], at: number, names: Names): string | undefined {
  const [before, item] = [list[at - 1], list[at]]
  if (typeof before !== 'string' || (typeof item !== 'string' && typeof item !== 'number')) return
  const text = String(item)
  if (/^--?\p{L}/u.test(before))
    return text.startsWith('-') ? undefined : ofFlag(before, text, names)
  if (!oneWord.test(before) || !names.isSecret(before) || !text || names.isSecret(text)) return
  if (list.length === 2) return fieldNames.test(text) ? undefined : redacted
  return at % 2 === 1 && headerName.test(before) && /[^\p{L}]/u.test(text) ? redacted : undefined
}

function ofFlag(flag: string, value: string, names: Names): string | undefined {
  if (/^--?[\p{L}\p{M}\p{N}_.-]+$/u.test(flag) && names.isSecret(flag)) return redacted
  const [, user = '', password] = /^([^\s:]{1,64}):(.+)$/s.exec(value) ?? []
  const signsIn = /^(?:-u|--user|--proxy-user)$/.test(flag)
  return signsIn && password && isLogin(user, password) ? `${user}:${redacted}` : undefined
}
