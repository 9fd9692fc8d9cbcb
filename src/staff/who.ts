import type { Scope } from '#src/db/scope.ts'
import type { Organization } from '#src/organizations/creating.ts'
import { openOrganization } from '#src/organizations/queries.ts'
import { Problem } from '#src/web/problem.ts'
import type { Visit, Who } from '#src/web/route.ts'
import { type Staff, staffOf } from './session.ts'

export type Member = {
  staff: Staff
  organization: Organization & { demo: boolean }
  role: 'owner' | 'member'
  /** Whether they belong to another organization too. */
  hasOthers: boolean
  scope: Scope
}

/** Someone of the staff, whichever organizations they belong to. */
export const signedIn: Who<Staff> = { name: 'signed in', cookieless: false, admit: requireStaff }

/** A member of the organization that the path names. To all others it does not exist. */
export const member: Who<Member> = { name: 'member', cookieless: false, admit: requireMember }

/** A member who may change who belongs to the organization, and its servers. */
export const owner: Who<Member> = {
  name: 'owner',
  cookieless: false,
  admit: async (visit) => {
    const found = await requireMember(visit)
    if (found.role !== 'owner') throw new Problem('not_found')
    return found
  },
}

async function requireMember(visit: Visit): Promise<Member> {
  const staff = await requireStaff(visit)
  const { database } = visit.desk
  const opened = await openOrganization(database, staff.id, visit.params.organization ?? '')
  if (!opened) throw new Problem('not_found')
  return { staff, ...opened }
}

async function requireStaff(visit: Visit): Promise<Staff> {
  const staff = await staffOf(visit)
  if (!staff) throw new Problem('sign_in_required')
  return staff
}
