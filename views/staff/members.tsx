import { Initials } from '#views/parts/initials.tsx'
import { departurePath, memberPath, membersPath } from '#views/paths.ts'
import { Invitations, type Invited, InviteLink, type NewLink } from './invitations.tsx'
import { roleNames } from './words.ts'

type Role = 'owner' | 'member'
type ListedMember = { id: string; name: string; email: string; role: Role }

export type MembersPageProps = {
  organization: { slug: string; name: string }
  members: ListedMember[]
  /** The invitations that can be used; owners see them. */
  invitations: Invited[]
  /** Who looks. */
  selfId: string
  isOwner: boolean
  /** An invitation that was just made. */
  link?: NewLink
  /** Why the last change was refused. */
  problem?: string
  now: Date
}

/** Who belongs to the organization, inside the layout. */
export function MembersPage(props: MembersPageProps) {
  const { organization, members, invitations, selfId, isOwner, link, problem, now } = props
  return (
    <div class="page" data-address={membersPath(organization.slug)}>
      <header>
        <h1>Members</h1>
        <p class="soft">
          All members work the tickets of <bdi>{organization.name}</bdi>. Owners also decide who
          belongs to it, and about its servers.
        </p>
      </header>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {link && <InviteLink {...link} />}
      <ul class="people" aria-label="Members">
        {members.map((member) => (
          <li>
            <Initials name={member.name} />
            <div class="grow">
              <p class="clip">
                <bdi>{member.name}</bdi>
                {member.id === selfId && <span class="faint"> (you)</span>}
              </p>
              <p class="faint small clip">
                <bdi>{member.email}</bdi>
              </p>
            </div>
            <span class="tag">{roleNames[member.role]}</span>
            <Manage
              organization={organization.slug}
              member={member}
              isSelf={member.id === selfId}
              isOwner={isOwner}
            />
          </li>
        ))}
      </ul>
      {isOwner && (
        <Invitations organization={organization.slug} invitations={invitations} now={now} />
      )}
    </div>
  )
}

type ManageProps = { organization: string; member: ListedMember; isSelf: boolean; isOwner: boolean }

/** What the one who looks may do about a member: folded, so that nothing is done by a slip. */
function Manage({ organization, member, isSelf, isOwner }: ManageProps) {
  if (!isSelf && !isOwner) return null
  const path = memberPath(organization, member.id)
  const other: Role = member.role === 'owner' ? 'member' : 'owner'
  return (
    <details class="manage">
      <summary class="button">
        Manage<span class="hidden"> {member.name}</span>
      </summary>
      <div>
        {isOwner && (
          <form method="post" action={`${path}/role`}>
            <button class="button" type="submit" name="role" value={other}>
              Make {roleNames[other].toLowerCase()}
            </button>
          </form>
        )}
        <form method="post" action={isSelf ? departurePath(organization) : `${path}/removal`}>
          <button class="button danger" type="submit">
            {isSelf ? 'Leave the organization' : 'Remove'}
          </button>
        </form>
      </div>
    </details>
  )
}
