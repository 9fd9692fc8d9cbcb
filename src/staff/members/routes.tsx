import { z } from 'zod'
import { isId } from '#src/staff/forms.ts'
import { framed } from '#src/staff/frame.tsx'
import type { Member } from '#src/staff/who.ts'
import { readForm } from '#src/web/body.ts'
import { Problem } from '#src/web/problem.ts'
import { redirect } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { membersPath } from '#views/paths.ts'
import { MembersPage, type MembersPageProps } from '#views/staff/members.tsx'
import { endMembership } from './leaving.ts'
import { listInvitations, listMembers } from './queries.ts'
import { changeRole, type MemberChange } from './roles.ts'

/** `GET /{organization}/members` */
export const showMembers = (_: Visit, member: Member): Promise<Response> => membersPage(member)

const roleForm = z.object({ role: z.enum(['owner', 'member']) })

/** `POST /{organization}/members/{member}/role`: `role`. Back to the list; the last owner 422. */
export async function postRole({ request, params }: Visit, by: Member): Promise<Response> {
  const form = roleForm.safeParse(await readForm(request))
  if (!form.success) throw new Problem('input_invalid', 'A role is owner or member.')
  const change = { staffId: memberId(params), byId: by.staff.id, ...form.data }
  return answer(by, await changeRole(by.scope, change), membersPath(by.organization.slug))
}

/** `POST /{organization}/members/{member}/removal`. Back to the list; the last owner 422. */
export async function removeMember({ params }: Visit, by: Member): Promise<Response> {
  const staffId = memberId(params)
  const to = staffId === by.staff.id ? '/' : membersPath(by.organization.slug)
  return answer(by, await endMembership(by.scope, { staffId, byId: by.staff.id }), to)
}

/** `POST /{organization}/departure`: one's own. To the other organizations; the last owner 422. */
export async function leave(_: Visit, member: Member): Promise<Response> {
  const { id } = member.staff
  return answer(member, await endMembership(member.scope, { staffId: id, byId: id }), '/')
}

function answer(member: Member, change: MemberChange, to: string): Response | Promise<Response> {
  if (change.ok) return redirect(to)
  if (change.reason === 'not_found') throw new Problem('not_found')
  const problem = 'An organization keeps an owner. Make someone else an owner first.'
  return membersPage(member, { problem }, 422)
}

/** The list, to all members; owners also see who was invited. */
export async function membersPage(
  member: Member,
  more: Pick<MembersPageProps, 'problem' | 'link'> = {},
  status = 200,
): Promise<Response> {
  const { scope, staff, organization, role } = member
  const [members, invitations] = await Promise.all([
    listMembers(scope),
    role === 'owner' ? listInvitations(scope) : [],
  ])
  return framed(
    member,
    { title: 'Members', active: 'members', status },
    <MembersPage
      {...more}
      organization={organization}
      selfId={staff.id}
      isOwner={role === 'owner'}
      members={members}
      invitations={invitations}
      now={new Date()}
    />,
  )
}

function memberId({ member = '' }: Record<string, string>): string {
  if (!isId(member)) throw new Problem('not_found')
  return member
}
