/** Where the desk is, and the key to it. */
export type SetUp = { url: string; key: string }

/** Reads what the desk printed, as it was pasted; or says, without repeating it, what is wrong. */
export function readSetUp(options: Partial<Record<'url' | 'key', unknown>>): SetUp | string {
  const url = String(options.url ?? '').trim()
  const key = String(options.key ?? '').trim()
  if (key === '' || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    return `${notShown}; set MCP_OBS_URL and MCP_OBS_KEY to what the desk printed for this server`
  const { username, password } = new URL(url)
  if (username || password || /[?#]/.test(url))
    return `${notShown}; MCP_OBS_URL has a user name, a password, a query or a fragment: set it to what the desk printed for this server`
  // Anything else cannot stand in a header, so that no request could be made.
  if (!/^[\x21-\x7e]+$/.test(key))
    return `${notShown}; MCP_OBS_KEY has a space, a line break or a quotation mark in it: set it to what the desk printed for this server`
  return { url, key }
}

export const notShown = 'the support tool is not shown'
