/** What a server starts with; staff change it in its settings. */
export const supportDefaults = {
  title: 'Get support',
  description: 'Report issues or ask questions',
  categories: ['Bug', 'Question', 'Feature request', 'Other'],
}

/** What most issuers call a person's e-mail and name (OpenID Connect Core 5.1). */
export const usualClaims = { email: 'email', name: 'name' }

/** How much of the session a new server's tickets carry. */
export const defaultContext = 'call'

/** Where a ticket goes whose category the server does not have. */
export const otherCategory = 'Other'
