import type { Child } from '#src/lib/html/jsx-runtime.ts'
import { DemoBanner } from '#views/parts/demo-banner.tsx'
import { Head } from '#views/parts/head.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { Sidebar } from '#views/parts/sidebar.tsx'
import { Toasts } from '#views/parts/toasts.tsx'
import { analyticsPath, causesPath, inboxPath, serversPath } from '#views/paths.ts'

export type LayoutProps = {
  title: string
  organization: { slug: string; name: string; demo?: boolean }
  staffName: string
  servers: { slug: string; name: string; enabled: boolean }[]
  active: 'tickets' | 'causes' | 'analytics' | 'servers' | 'members' | 'profile'
  /** Whether who looks may do what owners may. */
  isOwner?: boolean
  /** Whether there is another organization to go to. */
  hasOthers: boolean
  /** Slug of the server the list is narrowed to. */
  server?: string
  children?: Child
}

/** The whole document of a signed-in page. The caller puts the doctype before it. */
export function Layout({ title, isOwner = false, children, ...sidebar }: LayoutProps) {
  const { organization, active } = sidebar
  return (
    <html lang="en">
      <Head
        title={`${title} · ${organization.name}`}
        {...(active === 'servers' && { styles: ['servers.css'] })}
        {...(active === 'tickets' && { scripts: ['tickets.js'] })}
      />
      <body>
        <a class="skip" href="#main">
          Skip to content
        </a>
        <div class="app">
          <Sidebar {...sidebar} />
          <main class="main" id="main" tabindex="-1">
            {organization.demo && <DemoBanner organization={organization} mayRemove={isOwner} />}
            {children}
          </main>
        </div>
        <nav class="tabbar" aria-label="Pages">
          <a
            href={inboxPath(organization.slug)}
            aria-current={active === 'tickets' ? 'page' : undefined}
          >
            <Icon name="inbox" />
            Inbox
          </a>
          <a
            href={causesPath(organization.slug)}
            aria-current={active === 'causes' ? 'page' : undefined}
          >
            <Icon name="causes" />
            Causes
          </a>
          <a
            href={analyticsPath(organization.slug)}
            aria-current={active === 'analytics' ? 'page' : undefined}
          >
            <Icon name="analytics" />
            Analytics
          </a>
          <a
            href={serversPath(organization.slug)}
            aria-current={active === 'servers' ? 'page' : undefined}
          >
            <Icon name="servers" />
            Servers
          </a>
          <button type="button" popovertarget="sidebar">
            <Icon name="more" />
            More
          </button>
        </nav>
        <Toasts />
      </body>
    </html>
  )
}
