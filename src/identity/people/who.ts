import { Problem } from '#src/web/problem.ts'
import type { Who } from '#src/web/route.ts'
import type { Issuer } from '../queries.ts'
import { visitor } from '../who.ts'
import { type EndUser, sessionOf } from './session.ts'

export type Person = {
  issuer: Issuer
  endUser: EndUser
  /** Id of the session that asks. */
  session: string
}

/** Somebody signed in at the issuer of this very server. */
export const person: Who<Person> = {
  name: 'end-user',
  cookieless: false,
  admit: async (visit) => {
    const issuer = await visitor.admit(visit)
    const found = await sessionOf(visit, issuer)
    if (!found) throw new Problem('sign_in_required')
    return { issuer, endUser: found.endUser, session: found.id }
  },
}
