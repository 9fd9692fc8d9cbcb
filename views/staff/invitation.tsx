import { Bare } from '#views/bare.tsx'
import { Moment } from '#views/parts/moment.tsx'
import { inboxPath, invitationPath } from '#views/paths.ts'
import { AccountFields } from './account-fields.tsx'
import { roleAs } from './words.ts'

export type InvitationPageProps = {
  token: string
  organization: { slug: string; name: string }
  role: 'owner' | 'member'
  invitedBy: string
  expiresAt: Date
  /** Who is signed in. */
  staff?: { name: string; email: string }
  /** Whether they belong to the organization already. */
  isMember: boolean
  /** What was typed before, after a refusal. */
  typed?: { name?: string; email?: string }
  problems?: Record<string, string>
}

/** Where an invitation's link leads. */
export function InvitationPage(props: InvitationPageProps) {
  const { organization, role, invitedBy, expiresAt, staff, isMember } = props
  return (
    <Bare title={`Join ${organization.name}`}>
      <div>
        <h1>
          Join <bdi>{organization.name}</bdi>
        </h1>
        <p class="soft">
          <bdi>{invitedBy}</bdi> invites you to this support desk, {roleAs[role]}. The invitation
          works once, until <Moment at={expiresAt} />.
        </p>
      </div>
      {staff ? <Join {...props} staff={staff} isMember={isMember} /> : <NewAccount {...props} />}
    </Bare>
  )
}

type JoinProps = Pick<InvitationPageProps, 'token' | 'organization' | 'isMember'> & {
  staff: { name: string; email: string }
}

function Join({ token, organization, staff, isMember }: JoinProps) {
  const self = (
    <>
      You are signed in as <bdi>{staff.name}</bdi> (<bdi>{staff.email}</bdi>)
    </>
  )
  if (isMember)
    return (
      <>
        <p>{self}, and belong to it already. The invitation is still there for someone else.</p>
        <a class="button" href={inboxPath(organization.slug)}>
          Open the inbox
        </a>
      </>
    )
  return (
    <form class="stack" method="post" action={invitationPath(token)}>
      <p>{self}.</p>
      <button class="button main-action" type="submit">
        Join
      </button>
    </form>
  )
}

function NewAccount({ token, typed = {}, problems = {} }: InvitationPageProps) {
  const path = invitationPath(token)
  return (
    <>
      <form class="stack" method="post" action={path}>
        <AccountFields typed={typed} problems={problems} autofocus />
        <button class="button main-action" type="submit">
          Make an account and join
        </button>
      </form>
      <p class="soft small">
        You have an account here?{' '}
        <a class="link" href={`/sign-in?${new URLSearchParams({ next: path })}`}>
          Sign in to join with it
        </a>
      </p>
    </>
  )
}
