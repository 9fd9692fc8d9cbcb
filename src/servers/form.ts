import { visibleText } from '#sdk/visible.ts'
import { slugOf } from '#src/lib/slug.ts'
import { defaultContext, otherCategory, supportDefaults, usualClaims } from './defaults.ts'
import type { McpServer } from './queries.ts'

/** The form of a server as it is filled in: what was typed, whether it can be taken or not. */
export type ServerForm = {
  name: string
  /** Only where it can still be chosen. */
  slug?: string
  auth: string
  issuer: string
  audience: string
  /** Address of the MCP server, where the desk signs its users in: another field, the same column. */
  resource: string
  emailClaim: string
  nameClaim: string
  support: boolean
  check: boolean
  title: string
  description: string
  /** One a line. */
  categories: string
  context: string
}

export const emptyForm: ServerForm = {
  name: '',
  slug: '',
  auth: 'none',
  issuer: '',
  audience: '',
  resource: '',
  emailClaim: usualClaims.email,
  nameClaim: usualClaims.name,
  support: false,
  check: false,
  title: supportDefaults.title,
  description: supportDefaults.description,
  categories: supportDefaults.categories.join('\n'),
  context: defaultContext,
}

/** A server's settings as its form shows them. */
export const formOf = (server: McpServer): ServerForm => ({
  name: server.name,
  auth: server.auth,
  issuer: server.issuer ?? '',
  audience: (server.auth === 'external' && server.audience) || '',
  resource: (server.auth === 'platform' && server.audience) || '',
  emailClaim: server.emailClaim,
  nameClaim: server.nameClaim,
  support: server.supportToolEnabled,
  check: server.checkToolEnabled,
  title: server.supportToolTitle,
  description: server.supportToolDescription,
  categories: server.supportToolCategories.join('\n'),
  context: server.contextLevel,
})

/** What was sent, field by field, to be shown again. */
export const typedForm = (sent: Record<string, string>): ServerForm => ({
  name: sent.name ?? '',
  ...(sent.slug !== undefined && { slug: sent.slug }),
  auth: sent.auth ?? '',
  issuer: sent.issuer ?? '',
  audience: sent.audience ?? '',
  resource: sent.resource ?? '',
  emailClaim: sent.emailClaim ?? '',
  nameClaim: sent.nameClaim ?? '',
  support: sent.support === 'on',
  check: sent.check === 'on',
  title: sent.title ?? '',
  description: sent.description ?? '',
  categories: sent.categories ?? '',
  context: sent.context ?? '',
})

/** Categories as they are stored: of what can be seen, trimmed, each once, `Other` last. */
export function categoriesOf(typed: string): string[] {
  const seen = new Map<string, string>()
  for (const line of visibleText(typed).split('\n')) {
    const name = line.trim()
    if (name && !seen.has(name.toLowerCase())) seen.set(name.toLowerCase(), name)
  }
  seen.delete(otherCategory.toLowerCase())
  return [...seen.values(), otherCategory]
}

/** The slug that was typed, or else the one that the name makes. */
export const chosenSlug = (sent: { name?: string; slug?: string }): string =>
  sent.slug?.trim() || slugOf(sent.name ?? '')
