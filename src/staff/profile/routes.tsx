import { z } from 'zod'
import {
  currentPasswordField,
  type FieldProblems,
  parseForm,
  passwordField,
  personNameField,
} from '#src/staff/forms.ts'
import { framed } from '#src/staff/frame.tsx'
import { changeOwnPassword } from '#src/staff/password/changing.ts'
import { ownSession } from '#src/staff/session.ts'
import type { Member } from '#src/staff/who.ts'
import { readForm } from '#src/web/body.ts'
import { Problem } from '#src/web/problem.ts'
import { redirect } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { profilePath } from '#views/paths.ts'
import { ProfilePage } from '#views/staff/profile.tsx'
import { browserName } from './browser.ts'
import { endOtherSessions, endOwnSession } from './ending.ts'
import { listSessions } from './queries.ts'
import { renameStaff } from './renaming.ts'

/** `GET /{organization}/profile` */
export const showProfile = (visit: Visit, member: Member): Promise<Response> =>
  profilePage(visit, member)

const nameForm = z.object({ name: personNameField })

/** `POST /{organization}/profile`: `name`. Back to the page; 422 with the form. */
export async function rename(visit: Visit, member: Member): Promise<Response> {
  const form = await readForm(visit.request)
  const parsed = parseForm(nameForm, form)
  if (!parsed.ok)
    return profilePage(visit, member, { problems: parsed.problems, name: form.name ?? '' })
  await renameStaff(visit.desk.database, member.staff.id, parsed.data.name)
  return back(member)
}

const passwordForm = z.object({ current: currentPasswordField, password: passwordField })

/**
 * `POST /{organization}/profile/password`: `current`, `password`. Ends all other sessions. 422 with
 * the form; too many wrong ones 429.
 */
export async function changePassword(visit: Visit, member: Member): Promise<Response> {
  const parsed = parseForm(passwordForm, await readForm(visit.request))
  if (!parsed.ok) return profilePage(visit, member, { problems: parsed.problems })
  const { desk, address } = visit
  const keep = ownSession(visit)
  const { staff } = member
  const changed = await changeOwnPassword(desk.database, { ...parsed.data, staff, keep, address })
  if (changed.ok) return redirect(`${profilePath(member.organization.slug)}?changed=password`)
  if (changed.reason === 'wrong')
    return profilePage(visit, member, { problems: { current: 'This is not your password.' } })
  const { retryAfterSeconds } = changed
  throw new Problem('too_many', `Try again in ${retryAfterSeconds} seconds.`, { retryAfterSeconds })
}

/** `POST /{organization}/profile/sessions/{session}/removal`: one of one's own. */
export async function endOne({ desk, params }: Visit, member: Member): Promise<Response> {
  if (!(await endOwnSession(desk.database, member.staff.id, params.session ?? '')))
    throw new Problem('not_found')
  return back(member)
}

/** `POST /{organization}/profile/sessions/removal`: all but the one that asks. */
export async function endOthers(visit: Visit, member: Member): Promise<Response> {
  await endOtherSessions(visit.desk.database, member.staff.id, ownSession(visit))
  return back(member)
}

const back = ({ organization }: Member) => redirect(profilePath(organization.slug))

type Refused = { problems: FieldProblems; name?: string }

async function profilePage(visit: Visit, member: Member, refused?: Refused): Promise<Response> {
  const { staff, organization } = member
  const own = ownSession(visit)
  const sessions = await listSessions(visit.desk.database, staff.id)
  return framed(
    member,
    { title: 'Profile', active: 'profile', status: refused ? 422 : 200 },
    <ProfilePage
      organization={organization}
      name={refused?.name ?? staff.name}
      email={staff.email}
      problems={refused?.problems ?? {}}
      isPasswordChanged={visit.url.searchParams.get('changed') === 'password'}
      sessions={sessions.map(({ id, userAgent, createdAt }) => ({
        id,
        createdAt,
        browser: browserName(userAgent),
        isOwn: id === own,
      }))}
    />,
  )
}
