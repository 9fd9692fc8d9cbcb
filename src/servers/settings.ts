import { and, eq } from 'drizzle-orm'
import type { AuthMode, ContextLevel } from '#sdk/contract.ts'
import { mcpServer } from '#src/db/schema.ts'
import { inScope, type Scope } from '#src/db/scope.ts'
import { otherCategory, usualClaims } from './defaults.ts'

/** What staff choose for a server. The slug is not among it: addresses and references keep it. */
export type ServerSettings = {
  name: string
  auth: AuthMode
  /** Of the company's own issuer. */
  issuer?: string | undefined
  /** Whom tokens are for: needed with auth `external`, free with `platform`. */
  audience?: string | undefined
  /** Claims of its tokens that hold a person's e-mail and name; the usual ones where left out. */
  emailClaim?: string | undefined
  nameClaim?: string | undefined
  support: boolean
  /** Whether users may look up what became of their tickets; off where left out. */
  check?: boolean | undefined
  title: string
  description: string
  /** `Other` is added where it is missing: tickets need a place. */
  categories: string[]
  context: ContextLevel
}

/** Whether tickets hold what tells their reporters from others: a sign-in, or at least a session. */
export const tellsApart = (auth: AuthMode, context: ContextLevel): boolean =>
  auth !== 'none' || context !== 'off'

/** Of an audience that the desk can't issue tokens for (RFC 8707 2). */
export const resourceProblem =
  'This is no address of an MCP server: https, or http on this machine, and without a fragment.'

/** The columns that hold the settings. */
export const settingsColumns = (given: ServerSettings) => ({
  name: given.name,
  auth: given.auth,
  issuer: given.issuer ?? null,
  audience: given.audience ?? null,
  emailClaim: given.emailClaim ?? usualClaims.email,
  nameClaim: given.nameClaim ?? usualClaims.name,
  supportToolEnabled: given.support,
  checkToolEnabled: given.check ?? false,
  supportToolTitle: given.title,
  supportToolDescription: given.description,
  supportToolCategories: withOther(given.categories),
  contextLevel: given.context,
})

/** Changes the settings; what an SDK asks for next has them. */
export const changeSettings = (scope: Scope, serverId: string, given: ServerSettings) =>
  update(scope, serverId, settingsColumns(given))

/** A disabled server's address answers nobody, as if it did not exist. */
export const setEnabled = (scope: Scope, serverId: string, enabled: boolean) =>
  update(scope, serverId, { enabled })

const update = (
  scope: Scope,
  serverId: string,
  columns: Partial<typeof mcpServer.$inferInsert>,
): Promise<void> =>
  inScope(scope, async (tx) => {
    const { organizationId } = scope
    const isServer = and(eq(mcpServer.organizationId, organizationId), eq(mcpServer.id, serverId))
    await tx.update(mcpServer).set(columns).where(isServer)
  })

function withOther(categories: string[]): string[] {
  const isOther = (name: string) => name.toLowerCase() === otherCategory.toLowerCase()
  return [...new Set(categories.filter((name) => !isOther(name))), otherCategory]
}
