import type { SupportSettings } from '#sdk/contract.ts'
import type { AdmittedServer } from '#src/servers/queries.ts'
import { authFor } from './reporter.ts'

/** What the SDK has to know to show the tool. */
export const settingsOf = ({ server, key }: AdmittedServer): SupportSettings => ({
  enabled: server.supportToolEnabled,
  title: server.supportToolTitle,
  description: server.supportToolDescription,
  categories: server.supportToolCategories,
  auth: authFor(server, key),
  context: server.contextLevel,
  serverName: server.name,
  claims: { email: server.emailClaim, name: server.nameClaim },
})
