import { Copied } from '#views/parts/copied.tsx'
import { Expires } from '#views/parts/expires.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { Moment } from '#views/parts/moment.tsx'
import { invitationsPath } from '#views/paths.ts'
import { roleAs, roleNames } from './words.ts'

type Role = 'owner' | 'member'
export type Invited = { id: string; role: Role; invitedBy: string; expiresAt: Date }
export type NewLink = { url: string; role: Role; expiresAt: Date }

/** The link of an invitation, this once. */
export function InviteLink({ url, role, expiresAt }: NewLink) {
  return (
    <section class="note made" aria-labelledby="made" role="status">
      <h2 id="made">Send this link to one person</h2>
      <p>
        Whoever uses it first joins {roleAs[role]}. It works once, until <Moment at={expiresAt} />,
        and is not shown again.
      </p>
      <Copied id="invitation-link" label="Invitation link" value={url} />
    </section>
  )
}

type InvitationsProps = { organization: string; invitations: Invited[]; now: Date }

/** Inviting, and what was not used yet. */
export function Invitations({ organization, invitations, now }: InvitationsProps) {
  const path = invitationsPath(organization)
  return (
    <section class="section" aria-labelledby="invite">
      <header>
        <h2 id="invite">Invite someone</h2>
        <p class="faint small">You get a link to send. It works once, for seven days.</p>
      </header>
      <form class="row" method="post" action={path}>
        <label class="labelled">
          They join as
          <select class="input" name="role">
            <option value="member">{roleNames.member}</option>
            <option value="owner">{roleNames.owner}</option>
          </select>
        </label>
        <button class="button" type="submit">
          <Icon name="plus" />
          Make a link
        </button>
      </form>
      {invitations.length > 0 && (
        <ul class="people" aria-label="Invitations not used yet">
          {invitations.map(({ id, role, invitedBy, expiresAt }) => (
            <li>
              <Icon name="mail" />
              <div class="grow">
                <p class="clip">Not used yet, for {roleAs[role].replace('as ', '')}</p>
                <p class="faint small clip">
                  by <bdi>{invitedBy}</bdi>, ends in <Expires at={expiresAt} now={now} />
                </p>
              </div>
              <form method="post" action={`${path}/${id}/removal`}>
                <button class="button" type="submit">
                  Revoke
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
