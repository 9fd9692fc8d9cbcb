import type { LayoutProps } from '#views/layout.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { Initials } from '#views/parts/initials.tsx'
import { Mark } from '#views/parts/mark.tsx'
import { Shortcuts } from '#views/parts/shortcuts.tsx'
import {
  analyticsPath,
  causesPath,
  inboxPath,
  membersPath,
  profilePath,
  serversPath,
} from '#views/paths.ts'

/** A column on wide screens; on phones a sheet that "More" opens. */
export function Sidebar(props: Omit<LayoutProps, 'title' | 'isOwner' | 'children'>) {
  const { organization, staffName, servers, active, server, hasOthers } = props
  const page = (name: LayoutProps['active']) => (active === name ? 'page' : undefined)
  return (
    <nav class="side" id="sidebar" popover aria-label="Organization">
      <a class="org" href={inboxPath(organization.slug)}>
        <Mark />
        <span class="clip">{organization.name}</span>
      </a>
      <div class="nav">
        <a
          href={inboxPath(organization.slug)}
          aria-current={active === 'tickets' && !server ? 'page' : undefined}
        >
          <Icon name="inbox" />
          Inbox
        </a>
        <a href={causesPath(organization.slug)} aria-current={page('causes')}>
          <Icon name="causes" />
          Causes
        </a>
        <a href={analyticsPath(organization.slug)} aria-current={page('analytics')}>
          <Icon name="analytics" />
          Analytics
        </a>
        <a href={serversPath(organization.slug)} aria-current={page('servers')}>
          <Icon name="servers" />
          Servers
        </a>
        <a href={membersPath(organization.slug)} aria-current={page('members')}>
          <Icon name="members" />
          Members
        </a>
        {hasOthers && (
          <a href="/organizations">
            <Icon name="switch" />
            Switch organization
          </a>
        )}
      </div>
      {servers.length > 0 && (
        <div class="nav">
          <h2>Servers</h2>
          {servers.map(({ slug, name, enabled }) => (
            <a
              href={inboxPath(organization.slug, { status: 'active', server: slug })}
              title={name}
              aria-current={server === slug ? 'page' : undefined}
            >
              <span class={['dot', enabled && 'on']} />
              <span class="mono clip">{slug}</span>
              {!enabled && <span class="n">off</span>}
            </a>
          ))}
        </div>
      )}
      <div class="foot">
        <a class="person grow" href={profilePath(organization.slug)} aria-current={page('profile')}>
          <Initials name={staffName} />
          <span class="clip">{staffName}</span>
        </a>
        <Shortcuts />
        <form method="post" action="/sign-out">
          <button class="button bare" type="submit" title="Sign out">
            <Icon name="leave" />
            <span class="hidden">Sign out</span>
          </button>
        </form>
      </div>
    </nav>
  )
}
