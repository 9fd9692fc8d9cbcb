import { base64Bytes, bytesMark } from './bytes.ts'
import { isPlainAnswer, keepsMeaning, looksRandom, redacted } from './marks.ts'

/**
 * What secrets look like inside a text. Every pattern runs in linear time: it starts only where a
 * run of its characters starts, or consumes what it has looked at before deciding.
 */

type Shape = [
  pattern: RegExp,
  replacement: string | ((match: string, ...groups: string[]) => string),
]

const keyMark = '[redacted: key]'
const tokenMark = '[redacted: token]'
const privateKeyMark = '[redacted: private key]'

/** How vendors begin the keys they issue. What follows has a digit or mixed case, words have not. */
const vendorKey =
  /(?:(?<![A-Za-z0-9])|(?<=%[\dA-F]{2}|\\[nrt]))(?:[srp]k[-_](?=[\w-]{16})|key[-_](?=[\da-f]{32})|whsec_|gh[pousr]_|github_pat_|gl(?:pat|rt|ptt|dt|soat|ft)-|glsa_|glc_|xox[a-z]-|xapp-|npm_|pypi-|hf_|shp[a-z]{2}_|do[opr]_v1_|lin_(?:api|oauth)_|ntn_|dapi|ya29\.|GOCSPX-|SG\.|xai-|gsk_|r8_|pplx-|tvly-|figd_|dp\.(?:pt|st|ct)\.|hv[sbr]\.|AT[AC]TT3x|ATBB|PMAK-|NRAK-|nfp_|sbp_|sntry[su]_|rubygems_|dckr_pat_|pscale_[a-z]{2,5}_|xkeysib-|sq0[a-z]{3}-|EAAA|EAAC|CFPAT-|pat-[a-z]{2}1-|AGE-SECRET-KEY-|fo1_|tskey-)[\w.-]{16,}/g

const shapes: Shape[] = [
  [
    /-{4,5}[ +]?BEGIN(?:[A-Z0-9 +]|%20){1,60}?PRIVATE(?: |\+|%20)KEY[A-Z +]{0,12}-{4,5}[\s\S]*?(?:-{4,5}[ +]?END(?:[A-Z0-9 +]|%20){0,60}-{4,5}|$)/g,
    privateKeyMark,
  ],
  [
    /-{4,5}[ +]?END(?:[A-Z0-9 +]|%20){0,40}PRIVATE(?: |\+|%20)KEY[A-Z +]{0,12}-{0,5}/g,
    privateKeyMark,
  ],
  [/PuTTY-User-Key-File-[\s\S]*?(?:Private-MAC: ?\w*|$)/g, privateKeyMark],
  [
    /\bdata:([\w.+-]+\/[\w.+-]+)(?:;[\w=.+-]+)*?;base64,([\w+/=-]*)/g,
    (_, type = '', data = '') => bytesMark(type, base64Bytes(data)),
  ],
  [
    /(?<![A-Za-z0-9+/_-])(?:[A-Za-z0-9+/_-]{512,}={0,2}|(?:[A-Za-z0-9+/]{60,76}(?:\r?\n|(?:\\r)?\\n)){4,}[A-Za-z0-9+/]*={0,2})/g,
    (data) => bytesMark('base64', base64Bytes(data)),
  ],
  [
    /(?<!\\)(\\*"type\\*":[ ]?\\*"Buffer\\*",\s{0,16}\\*"data\\*":[ ]?)\[\s{0,16}(\d[\d,\s]*)\]?/g,
    (_, before, data = '') => before + bytesMark('binary', data.match(/\d+/g)?.length ?? 0),
  ],
  [/<Buffer(?: [\da-f]{2})+(?: \.{3} \d+ more bytes)?>?/g, '[binary]'],
  [
    /eyJ[\w-]*(?:\.[\w-]*){0,4}/g,
    (token) => (token.length >= 20 && token.includes('.') ? tokenMark : token),
  ],
  [vendorKey, (key) => (looksRandom(key.slice(3)) ? keyMark : key)],
  [
    /(?:(?<![A-Za-z0-9])|(?<=%[\dA-F]{2}|\\[nrt]))(?:A(?:KIA|SIA|BIA|CCA|ROA|IDA))[A-Z0-9]{16}(?![A-Za-z0-9])/g,
    keyMark,
  ],
  [/(?:(?<![A-Za-z0-9])|(?<=%[\dA-F]{2}|\\[nrt]))AIza[\w-]{30,}/g, keyMark],
  [/(?<![\w-])[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,}/g, tokenMark],
  [/(?<![\w:.-])\d{8,10}:AA[\w-]{33}(?![\w-])/g, tokenMark],
  [
    /(hooks\.slack\.com\/(?:services|workflows|triggers)\/|discord(?:app)?\.com\/api\/webhooks\/)[\w/-]+/g,
    `$1${redacted}`,
  ],
  [/(?<![a-z0-9+.-])([a-z0-9+.-]+:\/\/)[^\s/?#:@"'<>]*:[^\s/?#"'<>]*@/gi, `$1${redacted}@`],
  [
    /(?<![a-z0-9+.-])([a-z0-9+.-]+:\/\/)([\w.~%-]{16,}@)/gi,
    (match, scheme, user = '') => (/\d/.test(user) ? `${scheme}${redacted}@` : match),
  ],
  [
    /(?<![a-z0-9+.-])([a-z0-9+.-]+%(?:25){0,2}3A(?:%(?:25){0,2}2F){2}[\w.~+-]*)%(?:25){0,2}3A(?:(?!%(?:25){0,2}(?:2F|3F|23|40))[^\s/?#:@"'<>&])+%(?:25){0,2}40/gi,
    `$1:${redacted}@`,
  ],
  [
    /(?:(?<![a-z0-9])|(?<=%[\dA-F]{2}|\\[nrt]))(Bearer|Basic|Digest|Token)([ \t]{1,4}|%20|\+)([\w.~+/=-]{8,})(?![="])/gi,
    (match, scheme, space, value = '') =>
      /\d/.test(value) ||
      value.endsWith('=') ||
      (looksRandom(value) && value.length >= 16) ||
      value.length >= 24
        ? `${scheme}${space}${redacted}`
        : match,
  ],
  [
    /(?<![\w.-])((?:proxy-)?authorization|(?:set-)?cookie2?)([ \t]{0,3}[:=][ \t]{0,3})((?:\[redacted[^\]]{0,20}\])*[^\s"'\\[{=](?:[^\r\n"'\\=]+|=(?:\\*"[^"\\\r\n]*\\*")?)*)/gi,
    (match, name, separator, value = '') =>
      keepsMeaning(value) || isPlainAnswer(value.split(' ', 1)[0] ?? '')
        ? match
        : `${name}${separator}${redacted}`,
  ],
  [
    /([?&](?:key|sig|signature|x-amz-signature|x-amz-credential|x-goog-signature|auth|pass)=)(?:\[redacted[^\]]{0,20}\]|[^\s&#"'<>\\])+/gi,
    `$1${redacted}`,
  ],
  [/([?&]code=)[\w%.~-]{16,}/gi, `$1${redacted}`],
]

export const withoutShapes = (text: string): string =>
  shapes.reduce((rest, [pattern, by]) => rest.replace(pattern, by as string), withoutKeyTail(text))

/** A private key whose beginning was cut away still ends like one. */
function withoutKeyTail(text: string): string {
  const end = text.search(/-{4,5}[ +]?END(?:[A-Z0-9 +]|%20){0,40}PRIVATE(?: |\+|%20)KEY/)
  if (end < 0 || /-----? ?BEGIN /.test(text.slice(0, end))) return text
  let start = end
  while (start > 0 && /[A-Za-z0-9+/=\s\\%]/.test(text.charAt(start - 1))) start--
  const rest = text.slice(end).replace(/^-{4,5}[ +]?END(?:[A-Z0-9 +]|%20){0,60}-{0,5}/, '')
  return `${text.slice(0, start)}${privateKeyMark}${rest}`
}
