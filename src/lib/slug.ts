const shape = /^[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]$/

/** First path segments and host names of our own. */
const reserved = new Set(
  `about account admin api app apps assets auth blog cdn console dashboard demo desk docs ftp health
   healthz help imap invitations invite login logout mail mcp mcp-obs new ns1 ns2 oauth ops organization
   organizations password pop private public register root server servers settings setup sign-in sign-out
   smtp staff static status support system test trpc well-known webhook webhooks www`.split(/\s+/),
)

/** Why a text can't be a slug, as the end of a sentence; null when it can. */
export function slugProblem(slug: string): string | null {
  if (!shape.test(slug))
    return 'is 3 to 40 lower-case letters, digits and inner hyphens, such as docuapi'
  if (reserved.has(slug)) return `can't be ${slug}: that name is reserved`
  return null
}

/** A slug made of a name: "Döcu API" becomes "docu-api". */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '')
