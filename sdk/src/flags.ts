import { isLogin, keepsMeaning, redacted } from './marks.ts'
import type { Names } from './secrets.ts'
import { matchAt, quotedAt } from './values.ts'

const flag = /(?<![^\s"'\\`([,;&|=])--?(\p{L}[\p{L}\p{M}\p{N}_.-]{1,60})(?=[ \t"'\\])/giu
const gap = /(?:\\*["'])?(?:[ \t]{1,16}|[ \t]{0,3},\s{0,16})/y
const bareValue = /(?!-)(?:\[redacted[^\]]{0,20}\]|[^\s"'\\])+/y

/** `--password …`, `"--token", "…"`: the value that follows the flag of a command line. */
export function withoutFlags(text: string, names: Names): string {
  let result = ''
  let done = 0
  for (const { 0: match, 1: name = '', index } of text.matchAll(flag)) {
    if (index < done || !names.isSecret(name)) continue
    const end = index + match.length
    const from = end + (matchAt(gap, text, end)?.[0].length ?? 0)
    if (from === end) continue
    const bare = { from, text: matchAt(bareValue, text, from)?.[0] ?? '' }
    const value = quotedAt(text, from) ?? bare
    if (value.text === '' || value.text.startsWith('-') || keepsMeaning(value.text)) continue
    result += text.slice(done, value.from) + redacted
    done = value.from + value.text.length
  }
  return result + text.slice(done)
}

const login =
  /(?<![\w-])((?:-u|--user|--proxy-user)(?:[ \t]{1,3}|=))(?:(\\*["'])([^\s:"'\\]{1,64}):((?:(?!\2)[^\r\n])+)|([^\s:"'\\]{1,64}):((?:\[redacted[^\]]{0,20}\]|[^\s"'\\])+))/g

/** `curl -u admin:hunter2` */
export const withoutLogins = (text: string) =>
  text.replace(
    login,
    (match, before, quote = '', quotedUser = '', quotedPassword, user = '', password = '') =>
      isLogin(quotedUser || user, quotedPassword ?? password)
        ? `${before}${quote}${quotedUser || user}:${redacted}`
        : match,
  )
