import { z } from 'zod'
import { organizationsOf } from '#src/organizations/queries.ts'
import { countAttempt } from '#src/staff/attempts.ts'
import { emailField, isId, parseForm, passwordField, personNameField } from '#src/staff/forms.ts'
import { membersPage } from '#src/staff/members/routes.tsx'
import { beginSession, staffOf } from '#src/staff/session.ts'
import type { Member } from '#src/staff/who.ts'
import { networkOf } from '#src/web/address.ts'
import { readForm } from '#src/web/body.ts'
import { Problem } from '#src/web/problem.ts'
import { page, redirect, shownOnce } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { inboxPath, invitationPath, membersPath } from '#views/paths.ts'
import { InvitationPage, type InvitationPageProps } from '#views/staff/invitation.tsx'
import { InvitationGonePage } from '#views/staff/link-gone.tsx'
import { joinByInvitation, joinWithAccount } from './accepting.ts'
import { createInvitation } from './inviting.ts'
import { type Invitation, readInvitation } from './queries.ts'
import { revokeInvitation } from './revoking.ts'

const inviteForm = z.object({ role: z.enum(['owner', 'member']) })

/** `POST /{organization}/invitations`: `role`. 201 with the link, which is shown this once. */
export async function invite({ request, desk }: Visit, by: Member): Promise<Response> {
  const form = inviteForm.safeParse(await readForm(request))
  if (!form.success) throw new Problem('input_invalid', 'A role is owner or member.')
  const invited = await createInvitation(by.scope, { ...form.data, byId: by.staff.id })
  if (!invited.ok) throw new Problem('not_found')
  const url = `${desk.config.baseUrl.origin}${invitationPath(invited.token)}`
  const link = { url, expiresAt: invited.expiresAt, ...form.data }
  return shownOnce(await membersPage(by, { link }, 201))
}

/** `POST /{organization}/invitations/{invitation}/removal`. Back to the members. */
export async function revoke({ params }: Visit, by: Member): Promise<Response> {
  const id = params.invitation ?? ''
  if (!isId(id) || !(await revokeInvitation(by.scope, id))) throw new Problem('not_found')
  return redirect(membersPath(by.organization.slug))
}

/** `GET /invitations/{token}`: to join, or to make an account first. One that is over: 404. */
export async function showInvitation(visit: Visit): Promise<Response> {
  const invitation = await invitationOf(visit)
  return invitation ? invitationPage(visit, invitation) : gone()
}

const accountForm = z.object({ name: personNameField, email: emailField, password: passwordField })

/**
 * `POST /invitations/{token}`: nothing, for who is signed in; else `name`, `email`, `password` of
 * an account to make. To the organization; 422 with the form; one that is over: 404.
 */
export async function acceptInvitation(visit: Visit): Promise<Response> {
  const { database } = visit.desk
  const form = await readForm(visit.request)
  const token = visit.params.token ?? ''
  const invitation = await invitationOf(visit)
  if (!invitation) return gone()
  const inbox = inboxPath(invitation.organization.slug)
  if (form.email === undefined) {
    const staff = await staffOf(visit)
    if (!staff) throw new Problem('sign_in_required')
    const joined = await joinByInvitation(database, token, staff.id)
    return joined.ok ? redirect(inbox) : gone()
  }
  const { password: _, ...typed } = form
  const parsed = parseForm(accountForm, form)
  if (!parsed.ok) return invitationPage(visit, invitation, { typed, problems: parsed.problems })
  const joined = await joinWithAccount(database, token, parsed.data)
  if (joined.ok) {
    await beginSession(visit, joined.staffId)
    return redirect(inbox)
  }
  if (joined.reason === 'gone') return gone()
  const problems = { email: 'There is an account with this e-mail. Sign in with it to join.' }
  return invitationPage(visit, invitation, { typed, problems })
}

async function invitationOf({ desk, address, params }: Visit): Promise<Invitation | null> {
  await countAttempt(desk.database, 'invitation', networkOf(address))
  return readInvitation(desk.database, params.token ?? '')
}

/** A form that was refused is shown again to whoever filled it in, signed in or not. */
async function invitationPage(
  visit: Visit,
  invitation: Invitation,
  refused?: Pick<InvitationPageProps, 'typed' | 'problems'>,
): Promise<Response> {
  const staff = refused ? null : await staffOf(visit)
  const own = staff ? await organizationsOf(visit.desk.database, staff.id) : []
  const isMember = own.some(({ slug }) => slug === invitation.organization.slug)
  return page(
    <InvitationPage
      {...refused}
      {...invitation}
      token={visit.params.token ?? ''}
      isMember={isMember}
      {...(staff && { staff })}
    />,
    { status: refused ? 422 : 200 },
  )
}

const gone = () => page(<InvitationGonePage />, { status: 404 })
