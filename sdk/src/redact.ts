import { isSecretName } from './secrets.ts'

/**
 * Takes secrets out of what goes with a ticket, in the SDK before it leaves the process and again
 * at the desk. Best effort: names known to hold secrets, and values that look like one. Every
 * pattern runs in linear time, and redacting twice changes nothing more.
 */

const redacted = '[redacted]'
const depthMax = 64

/** A host's own rule: given a value and its path (`arguments.user.name`), returns what to keep. */
export type RedactHook = (value: unknown, path: string) => unknown

type Rule = [pattern: RegExp, replace: string | ((match: string, ...groups: string[]) => string)]

/** Tries only what a key of a vendor would be: random, so mixed. */
const looksRandom = (text: string) => /\d/.test(text) || /[a-z][A-Z]|[A-Z][a-z]+[A-Z]/.test(text)

const plainAnswers =
  /^(?:missing|required|invalid|expired|empty|incorrect|wrong|not|null|undefined|none|must|is|was|too|true|false|denied|revoked|malformed|should|cannot|please|the|a|an|it|for|failed|unknown|unauthorized)$/i

const keepsMeaning = (value: string) => value.startsWith('[redacted') || plainAnswers.test(value)

const pair = (match: string, name: string, separator: string, value: string) =>
  isSecretName(name) && value && !keepsMeaning(value) ? name + separator + redacted : match

const rules: Rule[] = [
  [
    /-----BEGIN ([A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,12})-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,60}-----|$)/g,
    '[redacted: private key]',
  ],
  [
    /\bdata:([\w.+-]{1,60}\/[\w.+-]{1,60})[^,\s]{0,60};base64,([\w+/=-]*)/g,
    (_, type = '', data = '') => `[${type}, ${base64Bytes(data)} bytes]`,
  ],
  [/[A-Za-z0-9+/_-]{512,}={0,2}/g, (data) => `[base64, ${base64Bytes(data)} bytes]`],
  [
    /eyJ[\w-]*(?:\.[\w-]*){0,4}/g,
    (token) => (token.length >= 20 && token.includes('.') ? '[redacted: token]' : token),
  ],
  [
    /(?<![A-Za-z0-9])(?:[srp]k[-_]|key[-_]|whsec_|gh[pousr]_|github_pat_|glpat-|glsa_|xox[a-z]-|xapp-|npm_|pypi-|hf_|shp[a-z]{2}_|dop_v1_|lin_api_|ntn_|dapi|ya29\.|SG\.)[\w.-]{16,}/g,
    (key) => (looksRandom(key.slice(3)) ? '[redacted: key]' : key),
  ],
  [/(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/g, '[redacted: key]'],
  [/(?<![A-Za-z0-9])AIza[\w-]{30,}/g, '[redacted: key]'],
  [/([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/?#:@"'<>]*:[^\s/?#"'<>]*@/gi, `$1${redacted}@`],
  [
    /\b(Bearer|Basic|Digest|Token)([ \t]{1,4}|%20|\+)([\w.~+/=-]{8,})/gi,
    (match, scheme, space, value = '') =>
      looksRandom(value) || value.endsWith('=') || value.length >= 24
        ? `${scheme}${space}${redacted}`
        : match,
  ],
  [
    /(?<![\w.-])((?:proxy-)?authorization|(?:set-)?cookie)([ \t]{0,3}[:=][ \t]{0,3})([^\s"'\\]+)([^\r\n"'\\]*)/gi,
    (match, name, separator, first = '') =>
      keepsMeaning(first) ? match : `${name}${separator}${redacted}`,
  ],
  [
    /([?&](?:key|sig|signature|x-amz-signature|x-amz-credential|auth|pass)=)(?!\[redacted)[^\s&#"'<>\\]+/gi,
    `$1${redacted}`,
  ],
  [/([?&]code=)[\w%.~-]{16,}/gi, `$1${redacted}`],
  [
    /(?<![\w.-])([\p{L}_][\p{L}\p{N}_.-]{0,63})(\\*["']?\s{0,3}[:=]\s{0,3}")((?:[^"\\]|\\.)*)/gu,
    pair,
  ],
  [
    /(?<![\w.-])([\p{L}_][\p{L}\p{N}_.-]{0,63})(\\*["']?\s{0,3}[:=]\s{0,3}(?:\\+["']|'))([^"'\\]*)/gu,
    pair,
  ],
  [
    /(?<![\w.-])([\p{L}_][\p{L}\p{N}_.-]{0,63})(\\*["']?\s{0,3}[:=]\s{0,3})(\[redacted[^\]]{0,20}\]|[^\s"'\\&;,)}\]<>]+)/gu,
    pair,
  ],
  [/(?<![\w-])(--[a-z][a-z0-9-]{1,60})([ \t]{1,3})([^\s"'\\-][^\s"'\\]*)/gi, pair],
  [
    /<([A-Za-z][\w.-]{0,63})>([^<>]{1,4000})/g,
    (match, name = '', value = '') =>
      isSecretName(name) && !keepsMeaning(value) ? `<${name}>${redacted}` : match,
  ],
  [
    /(?<![\d.])\d(?:[ -]?\d){12,18}(?![\d])/g,
    (digits) => (isCardNumber(digits.replace(/\D/g, '')) ? '[redacted: card number]' : digits),
  ],
]

/** Replaces what looks like a secret inside a text. */
export function redactText(text: string): string {
  return rules.reduce(
    (result, [pattern, replace]) => result.replace(pattern, replace as string),
    withoutKeyTails(text),
  )
}

/**
 * Redacts a JSON-like value: strings by their shape, and whole values by the name of their key, at
 * any depth. Bytes become their size. With a hook, every value that is not a container goes
 * through it first; where it throws, the field is dropped.
 */
export function redactValue(value: unknown, hook?: RedactHook, path = ''): unknown {
  return walk(value, hook, path, 0)
}

function walk(value: unknown, hook: RedactHook | undefined, path: string, depth: number): unknown {
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer)
    return `[binary, ${value.byteLength} bytes]`
  if (typeof value !== 'object' || value === null)
    return leaf(hook && value !== undefined ? hook(value, path) : value)
  if (depth > depthMax) return '[too deep]'
  const at = (key: string | number) => (path ? `${path}.${key}` : String(key))
  if (Array.isArray(value))
    return value.map((item, key) => attempt(() => walk(item, hook, at(key), depth + 1)) ?? null)
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [
        redactText(key),
        holdsSecret(key, item) ? redacted : attempt(() => walk(item, hook, at(key), depth + 1)),
      ])
      .filter(([, item]) => item !== undefined),
  )
}

function leaf(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value === 'bigint') return String(value)
  return typeof value === 'function' || typeof value === 'symbol' ? undefined : value
}

/** Yes, no and nothing give nothing away; a number does only where numbers are the secret. */
function holdsSecret(key: string, value: unknown): boolean {
  if (value === null || value === undefined || value === '' || typeof value === 'boolean')
    return false
  if (/^auth$/i.test(key)) return typeof value === 'string'
  if (!isSecretName(key)) return false
  return typeof value !== 'number' || !/tokens?$/i.test(key)
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}

/** A key whose beginning was cut away still ends like one. */
function withoutKeyTails(text: string): string {
  const end = text.search(/-----END [A-Z0-9 ]{0,40}PRIVATE KEY/)
  if (end < 0 || text.slice(0, end).includes('-----BEGIN ')) return text
  let start = end
  while (start > 0 && /[A-Za-z0-9+/=\s\\]/.test(text.charAt(start - 1))) start--
  return `${text.slice(0, start)}[redacted: private key]${text.slice(end).replace(/^-----END [A-Z0-9 ]{0,60}-{0,5}/, '')}`
}

const base64Bytes = (data: string) => Math.floor((data.replace(/=+$/, '').length * 3) / 4)

/** ISO/IEC 7812: a length and first digits that issuers use, and the Luhn check digit. */
function isCardNumber(digits: string): boolean {
  if (
    !/^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3[068]\d{12}|35\d{14}|6\d{15,18})$/.test(
      digits,
    )
  )
    return false
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const double = Number(digit) * (at % 2 === 0 ? 1 : 2)
    return total + (double > 9 ? double - 9 : double)
  }, 0)
  return sum % 10 === 0
}
