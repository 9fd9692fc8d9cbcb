import { escapeHTML } from 'bun'
import { isSafeUrl } from './url.ts'

const wellFormed = /^[a-zA-Z][\w:.-]*$/
/** Names whose value would be code, whether the browser or htmx runs it. */
const code = /^(on|hx-on|data-hx-|style$|srcdoc$)/i
const urls = new Set(
  (
    'href src action formaction poster background cite ping manifest longdesc xlink:href ' +
    'hx-get hx-post hx-put hx-patch hx-delete hx-query hx-action hx-push-url hx-replace-url'
  ).split(' '),
)
const urlLists = new Set(['srcset', 'imagesrcset'])

/** ` name="value"`, or nothing where the value is absent. What could run is a programmer's error. */
export function attribute(tag: string, name: string, value: unknown): string {
  if (!wellFormed.test(name) || code.test(name)) throw refusal(tag, name)
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean')
    return name.startsWith('aria-') ? ` ${name}="${value}"` : value ? ` ${name}` : ''
  const text = name === 'class' && Array.isArray(value) ? value.filter(Boolean).join(' ') : value
  if (typeof text !== 'string' && typeof text !== 'number' && typeof text !== 'bigint')
    throw refusal(tag, name)
  if (!isInert(name.toLowerCase(), String(text))) throw refusal(tag, name)
  return ` ${name}="${escapeHTML(String(text))}"`
}

function isInert(name: string, value: string): boolean {
  if (urls.has(name)) return isSafeUrl(value)
  if (urlLists.has(name)) return value.split(',').every((candidate) => isSafeUrl(candidate.trim()))
  if (name === 'hx-trigger') return !value.includes('[')
  if (name.startsWith('hx-')) return !/^\s*(js|javascript):/i.test(value)
  return true
}

const refusal = (tag: string, name: string) =>
  new Error(`JSX: attribute ${JSON.stringify(name.slice(0, 40))} of <${tag}> is refused`)
