import type { Scope } from '#src/db/scope.ts'

/** Deletes an organization's clients that nobody uses. */
export async function sweepClients(_scope: Scope, _now: Date): Promise<void> {}
