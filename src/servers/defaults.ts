/** What a server starts with; staff change it in its settings. */
export const supportDefaults = {
  title: 'Get support',
  description: 'Report issues or ask questions',
  categories: ['Bug', 'Question', 'Feature request', 'Other'],
  context: 'call',
} as const

/** Where a ticket goes whose category the server does not have. */
export const otherCategory = 'Other'
