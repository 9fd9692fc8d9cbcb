import { isCardNumber } from './cards.ts'
import { isLogin, keepsMeaning, looksRandom, plainAnswers, redacted } from './marks.ts'
import { isSecretName } from './secrets.ts'

/**
 * What secrets look like inside a text. Every pattern runs in linear time: it starts only where a
 * run of its characters starts, or consumes what it has looked at before deciding.
 */

type Shape = [
  pattern: RegExp,
  replacement: string | ((match: string, ...groups: string[]) => string),
]

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
    /(["']--([a-z][a-z0-9-]{1,60})\\*["'][ \t]{0,3},\s{0,3}\\*["'])([^"'\\]+)/gi,
    (match, before, name = '', value = '') =>
      isSecretName(name) && !keepsMeaning(value) && !value.startsWith('-')
        ? before + redacted
        : match,
  ],
  [
    /(?<![\w-])((?:-u|--user|--proxy-user)(?:[ \t]{1,3}|=))(?:(\\*["'])([^\s:"'\\]{1,64}):([^"'\\\r\n]+)|([^\s:"'\\]{1,64}):((?:\[redacted[^\]]{0,20}\]|[^\s"'\\])+))/g,
    (match, flag, quote = '', quoted = '', quotedPassword, bare = '', barePassword) => {
      const user = quoted || bare
      return isLogin(user, quotedPassword ?? barePassword ?? '')
        ? `${flag}${quote}${user}:${redacted}`
        : match
    },
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

export const withoutShapes = (text: string): string =>
  shapes.reduce((rest, [pattern, by]) => rest.replace(pattern, by as string), withoutKeyTail(text))

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
