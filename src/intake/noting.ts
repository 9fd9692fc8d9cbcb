import type { AdmittedServer } from '#src/servers/queries.ts'
import { noteRefusal } from '#src/servers/refusals.ts'
import { aside } from '#src/servers/who.ts'
import { type Problem, toProblem } from '#src/web/problem.ts'
import type { Desk, Visit } from '#src/web/route.ts'

/** Remembers why a ticket was refused, for who sets the server up. Our own failures are not news. */
export function noteProblem(desk: Desk, { scope, server }: AdmittedServer, problem: Problem): void {
  if (problem.status < 500) aside(desk, noteRefusal(scope, server.id, problem.code))
}

/** A route's handler, whose refusals are remembered. */
export const noting =
  (handle: (visit: Visit, caller: AdmittedServer) => Promise<Response>) =>
  async (visit: Visit, caller: AdmittedServer): Promise<Response> => {
    try {
      return await handle(visit, caller)
    } catch (thrown) {
      noteProblem(visit.desk, caller, toProblem(thrown))
      throw thrown
    }
  }
