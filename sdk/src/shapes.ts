import { isSecretName } from './secrets.ts'

/**
 * What secrets look like inside a text. Every pattern runs in linear time: it starts only where a
 * run of its characters starts, or consumes what it has looked at before deciding.
 */

export const redacted = '[redacted]'

type Shape = [
  pattern: RegExp,
  replacement: string | ((match: string, ...groups: string[]) => string),
]

/** Keys of vendors are drawn at random, words are not. */
const looksRandom = (text: string) => /\d/.test(text) || /[a-z][A-Z]|[A-Z][a-z]+[A-Z]/.test(text)

const plainAnswers =
  /^(?:missing|required|invalid|expired|empty|incorrect|wrong|not|null|undefined|none|must|is|was|too|true|false|denied|revoked|malformed|should|cannot|please|the|a|an|it|for|failed|unknown|unauthorized)$/i

/** Redacted already, or a word that says something about the secret. */
const keepsMeaning = (value: string) =>
  /^\[redacted[^\]]{0,20}\]$/.test(value) || plainAnswers.test(value)

const shapes: Shape[] = [
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
    /(?<![\w.-])((?:proxy-)?authorization|(?:set-)?cookie)([ \t]{0,3}[:=][ \t]{0,3})([^\s"'\\][^\r\n"'\\]*)/gi,
    (match, name, separator, value = '') =>
      keepsMeaning(value) || plainAnswers.test(value.split(' ', 1)[0] ?? '')
        ? match
        : `${name}${separator}${redacted}`,
  ],
  [
    /([?&](?:key|sig|signature|x-amz-signature|x-amz-credential|auth|pass)=)(?:\[redacted[^\]]{0,20}\]|[^\s&#"'<>\\])+/gi,
    `$1${redacted}`,
  ],
  [/([?&]code=)[\w%.~-]{16,}/gi, `$1${redacted}`],
  [
    /(?<![\w-])--([a-z][a-z0-9-]{1,60})([ \t]{1,3})(?!-)((?:\[redacted[^\]]{0,20}\]|[^\s"'\\])+)/gi,
    (match, name = '', space, value = '') =>
      isSecretName(name) && !keepsMeaning(value) ? `--${name}${space}${redacted}` : match,
  ],
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

export function withoutSecretShapes(text: string, rounds = 4): string {
  const apply = (rest: string, [pattern, by]: Shape) => rest.replace(pattern, by as string)
  const result = withoutPairs(shapes.reduce(apply, withoutKeyTail(text)))
  // What stood glued to a secret may only now have an edge to be found by.
  return result === text || rounds <= 1 ? result : withoutSecretShapes(result, rounds - 1)
}

const pairName = /(?<![\p{L}\p{N}_.-])[\p{L}_][\p{L}\p{N}_.-]{0,127}(?=\\*["']?[ \t]{0,3}[:=])/gu
const pairSeparator = /\\*["']?[ \t]{0,3}[:=]>?[ \t]{0,3}(?:\\+["']|["'])?/y
const pairValue = {
  '"': /(?:[^"\\]|\\.)*/sy,
  quoted: /[^"'\\]*/y,
  bare: /(?:(?:Bearer|Basic|Digest|Token)[ \t]+)?(?:\[redacted[^\]]{0,20}\]|[^\s"'\\&;,)}\]<>])+/iy,
}

/** `password=…`, `"apiKey": "…"` and the like, wherever the name stands for a secret. */
function withoutPairs(text: string): string {
  let result = ''
  let done = 0
  for (const { 0: name, index } of text.matchAll(pairName)) {
    if (index < done || !isSecretName(name)) continue
    const separator = matchAt(pairSeparator, text, index + name.length)
    const from = index + name.length + separator.length
    const quote = /(\\*)["']$/.exec(separator)
    const kind = !quote ? 'bare' : separator.endsWith('"') && !quote[1] ? '"' : 'quoted'
    const value = matchAt(pairValue[kind], text, from)
    if (value === '' || keepsMeaning(value)) continue
    result += text.slice(done, from) + redacted
    done = from + value.length
  }
  return result + text.slice(done)
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}

/** A private key whose beginning was cut away still ends like one. */
function withoutKeyTail(text: string): string {
  const end = text.search(/-----END [A-Z0-9 ]{0,40}PRIVATE KEY/)
  if (end < 0 || text.slice(0, end).includes('-----BEGIN ')) return text
  let start = end
  while (start > 0 && /[A-Za-z0-9+/=\s\\]/.test(text.charAt(start - 1))) start--
  const rest = text.slice(end).replace(/^-----END [A-Z0-9 ]{0,60}-{0,5}/, '')
  return `${text.slice(0, start)}[redacted: private key]${rest}`
}

const base64Bytes = (data: string) => Math.floor((data.replace(/=+$/, '').length * 3) / 4)

const issuedCard =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3[068]\d{12}|35\d{14}|6\d{15,18})$/

/** ISO/IEC 7812: lengths and first digits that issuers use, and the Luhn check digit. */
function isCardNumber(digits: string): boolean {
  if (!issuedCard.test(digits)) return false
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const double = Number(digit) * (at % 2 === 0 ? 1 : 2)
    return total + (double > 9 ? double - 9 : double)
  }, 0)
  return sum % 10 === 0
}
