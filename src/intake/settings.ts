import type { SupportSettings } from '#sdk/contract.ts'
import type { AdmittedServer } from '#src/servers/queries.ts'
import { tellsApart } from '#src/servers/settings.ts'
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
  check: canCheck(server, key),
})

/** Whether end-users may see what became of their tickets here, and can be known again at all. */
export const canCheck = (
  server: AdmittedServer['server'],
  key: Pick<AdmittedServer['key'], 'kind'>,
): boolean =>
  server.supportToolEnabled &&
  server.checkToolEnabled &&
  tellsApart(authFor(server, key), server.contextLevel)
