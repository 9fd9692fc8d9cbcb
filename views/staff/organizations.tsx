import { Bare } from '#views/bare.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { inboxPath } from '#views/paths.ts'

export type OrganizationsPageProps = {
  organizations: { slug: string; name: string }[]
  staffName: string
}

/** Where to go, for who belongs to several organizations or to none. */
export function OrganizationsPage({ organizations, staffName }: OrganizationsPageProps) {
  const none = organizations.length === 0
  return (
    <Bare title="Organizations">
      <h1>{none ? 'You are in no organization yet' : 'Choose an organization'}</h1>
      {none ? (
        <p class="soft">
          You are signed in as <bdi>{staffName}</bdi>. Ask an owner of the organization that you
          work for to send you an invitation link.
        </p>
      ) : (
        <ul class="choices">
          {organizations.map(({ slug, name }) => (
            <li>
              <a href={inboxPath(slug)}>
                <span class="clip">{name}</span>
                <span class="faint mono clip">{slug}</span>
                <Icon name="older" />
              </a>
            </li>
          ))}
        </ul>
      )}
      <form method="post" action="/sign-out">
        <button class="button" type="submit">
          Sign out
        </button>
      </form>
    </Bare>
  )
}
