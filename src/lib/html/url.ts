const schemes = new Set(['http', 'https', 'mailto'])

/**
 * Whether a browser stays on http(s) or mail with this URL. Browsers strip leading controls and
 * spaces, and tabs and line breaks anywhere (WHATWG URL, 4.4), so the same is done before looking.
 * A scheme-relative URL (`//host`) is not safe: it leaves the desk without saying so.
 */
export function isSafeUrl(url: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const seen = url.replace(/^[\u0000-\u0020]+|[\t\n\r]/g, '')
  if (/^[/\\]{2}/.test(seen)) return false
  const scheme = /^([^/?#:]*):/.exec(seen)?.[1]
  return scheme === undefined || schemes.has(scheme.toLowerCase())
}

/** A link to what a stranger wrote, or `undefined` where it is no http(s) or mail address. */
export function safeHref(url: string | null | undefined): string | undefined {
  const parsed = url ? URL.parse(url) : null
  return parsed && schemes.has(parsed.protocol.slice(0, -1)) ? parsed.href : undefined
}

/** A link that writes to one address; whatever else stands in it adds no recipient and no text. */
export function mailHref(address: string, subject?: string): string {
  const to = encodeURIComponent(address.toWellFormed()).replaceAll('%40', '@')
  return `mailto:${to}${subject ? `?subject=${encodeURIComponent(subject.toWellFormed())}` : ''}`
}
