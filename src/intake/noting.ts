import type { AdmittedServer } from '#src/servers/queries.ts'
import { noteRefusal } from '#src/servers/refusals.ts'
import { aside } from '#src/servers/who.ts'
import type { Problem } from '#src/web/problem.ts'
import type { Desk } from '#src/web/route.ts'

/** Remembers why a ticket was refused, for who sets the server up. Our own failures are not news. */
export function noteProblem(desk: Desk, { scope, server }: AdmittedServer, problem: Problem): void {
  if (problem.status < 500) aside(desk, noteRefusal(scope, server.id, problem.code))
}
