import type { Database } from '#src/db/database.ts'
import { everyScope } from '#src/organizations/queries.ts'
import { sweepClients } from './clients/sweeping.ts'
import { sweepGrants } from './grants/sweeping.ts'
import { sweepPeople } from './people/sweeping.ts'
import { sweepSigningKeys } from './signing/sweeping.ts'

/** Deletes, of every organization's issuers, what has had its time. */
export async function sweepIdentity(database: Database, now: Date): Promise<void> {
  for (const scope of await everyScope(database)) {
    await sweepSigningKeys(scope, now)
    await sweepPeople(scope, now)
    await sweepGrants(scope, now)
    await sweepClients(scope, now)
  }
}
