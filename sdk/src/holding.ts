import { isLogin, redacted } from './marks.ts'
import { isSecretName } from './secrets.ts'

/** Yes, no and nothing give nothing away; of numbers, amounts of tokens do not either. */
export function holdsSecret(name: string, value: unknown): boolean {
  if (value === null || value === undefined || value === '') return false
  if (typeof value === 'boolean') return false
  if (/^auth$/i.test(name)) return typeof value !== 'object'
  return isSecretName(name) && !(typeof value === 'number' && /tokens$/i.test(name))
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

/** An item after the name of a secret: `['Authorization', …]`, or `'--password', …` anywhere. */
export function withoutPaired(list: unknown[], at: number): string | undefined {
  const [before, item] = [list[at - 1], list[at]]
  if (typeof before !== 'string' || (typeof item !== 'string' && typeof item !== 'number')) return
  const text = String(item)
  if (/^--?[a-z]/i.test(before)) return text.startsWith('-') ? undefined : ofFlag(before, text)
  const named = list.length === 2 && isSecretName(before) && !/\s/.test(before)
  return named && text && !isSecretName(text) && !fieldNames.test(text) ? redacted : undefined
}

function ofFlag(flag: string, value: string): string | undefined {
  if (/^--[\w-]+$/.test(flag) && isSecretName(flag)) return redacted
  const [, user = '', password] = /^([^\s:]{1,64}):(.+)$/s.exec(value) ?? []
  const signsIn = /^(?:-u|--user|--proxy-user)$/.test(flag)
  return signsIn && password && isLogin(user, password) ? `${user}:${redacted}` : undefined
}
