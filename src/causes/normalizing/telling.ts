import { type Printed, readValue } from './reading.ts'
import { shield } from './shield.ts'

/** Keys whose value is a word or number of the API's own. */
const codes =
  /^(?:(?:error|status|http|response|result|sub|grpc|sql)?[_-]?(?:code|type|status|state)|error|errno|reason|kind|param|needed|field|expected|received|origin|format|loc|path|(?:http)?statuscode|errcode|sqlstate|constraint_type|severity|decline_code|__type)$/i
/** Keys whose value is a sentence, or holds what has one. */
const sentences =
  /^(?:error|errors|err|errmsg|fault|message|msg|error_?message|error_?description|error_?summary|description|detail|details|title|reason|cause|issues|data|text|faultstring|h1|exception|body|response|result|content|user_?message|hint|statusmessage|status_?text|inner_?error|failures|error_?messages|root_?cause)$/i

const isType =
  /^(?:string|number|integer|int|float|boolean|bool|object|array|list|map|set|tuple|record|date|null|undefined|nan|function|symbol|bigint|unknown|never|void)$/i

const objectsMax = 20
const isCode = (text: string) => /^[\w.:#$-]{1,80}$/.test(text) && !/\d{5}\d|\d[a-z]+\d/i.test(text)

/** What printed objects and marked-up pages say, in place of how they say it. */
export function tell(text: string): string {
  return tellObjects(tellElements(text))
}

/** Puts what is told of an object in its place, wherever one can be read whole. */
function tellObjects(text: string): string {
  let told = ''
  let at = 0
  let tries = 0
  for (const { index } of text.matchAll(/\{|\[\s*\{/g)) {
    if (index < at) continue
    if (++tries > objectsMax) break
    const found = readValue(text, index)
    if (!found) continue
    const known = partsOf(found.value)
    const parts = known.length > 0 ? known : sentencesOf(found.value)
    if (parts.length === 0) continue
    told += `${text.slice(at, index)} ${parts.join('; ')} `
    at = found.end
  }
  return told + text.slice(at)
}

/** Of an object with keys of its own what reads like a sentence. */
function sentencesOf(value: Printed): string[] {
  if (typeof value === 'string') return /\p{L}\s+\p{L}/u.test(value) ? [tell(value)] : []
  return (Array.isArray(value) ? value : Object.values(value)).flatMap(sentencesOf)
}

function partsOf(value: Printed, key = ''): string[] {
  if (typeof value === 'string') return partOf(key, value)
  if (Array.isArray(value)) return value.flatMap((item) => partsOf(item, key))
  return Object.entries(value).flatMap(([inner, item]) => {
    if (inner === 'name' || codes.test(inner) || sentences.test(inner)) return partsOf(item, inner)
    // Problems by field, as in `"errors": {"summary": ["can't be blank"]}`.
    if (!byField.test(key) || !isField.test(inner) || noise.test(inner)) return []
    const said = Array.isArray(item) ? item : [item]
    const texts = said.filter((text) => typeof text === 'string')
    return texts.map((text) => `${shield(inner)} ${tell(text)}`)
  })
}

const byField = /^(?:errors?|messages?|details?|failures)$/i
const isField = /^[a-z][a-z_.]{0,40}$/i
const noise =
  /^(?:.*(?:id|url|uri|link|links|time|timestamp|date|count|total|version|host|path|instance|traceid|headers|request|config|metadata|help|docs?|locations|extensions|index|node|shard|phase|grouped|meta|plan|component|stack|trace))$/i

function partOf(key: string, text: string): string[] {
  // Of a list's places and of values that are not allowed there are as many as callers.
  if (/^(?:path|loc)$/.test(key) && /^\d+$/.test(text)) return []
  if (/^(?:expected|received)$/.test(key) && !isType.test(text)) return []
  if (isCode(text) && (codes.test(key) || (key === 'name' && /Error|Exception/.test(text))))
    return [`${key} ${shield(text)}`]
  if (sentences.test(key) && text) return [tell(text)]
  return []
}

const element = /<([a-z][\w.:-]*)(?:\s[^<>]*)?>([^<>]*)<\/\1\s*>/gi
const kept = /^(?:(?:\w+:)?(?:code|message|error|title|h1|pre|faultstring|reason|detail))$/i

const isPage = /<(?:!doctype|html|\?xml)/i

/** A page of HTML or XML: its code, message and title, without the rest. */
function tellElements(text: string): string {
  const begin = text.search(/<(?:!doctype|html|\?xml|[a-z][\w.:-]*(?:\s[^<>]*)?>)/i)
  if (begin < 0 || !/<\/[a-z]/i.test(text)) return text
  const parts = [...text.slice(begin).matchAll(element)].flatMap(([, name = '', inner = '']) =>
    kept.test(name) && inner.trim() ? [inner.trim()] : [],
  )
  if (parts.length === 0) return isPage.test(text) ? text.replace(/<\/?[a-z][^<>]*>/gi, ' ') : text
  return `${text.slice(0, begin)} ${[...new Set(parts)].join('; ')}`
}
