import type { Child } from '#src/lib/html/jsx-runtime.ts'
import { listServers } from '#src/organizations/queries.ts'
import { page } from '#src/web/render.tsx'
import { Layout, type LayoutProps } from '#views/layout.tsx'
import type { Member } from './who.ts'

type Frame = Pick<LayoutProps, 'title' | 'active' | 'server'> & {
  /** The organization's servers, where the page has read them already. */
  servers?: LayoutProps['servers']
  status?: number
}

/** A whole page of an organization, with the sidebar around it. */
export async function framed(
  { organization, staff, role, hasOthers, scope }: Member,
  { servers, status = 200, ...frame }: Frame,
  children: Child,
): Promise<Response> {
  return page(
    <Layout
      {...frame}
      organization={organization}
      staffName={staff.name}
      hasOthers={hasOthers}
      isOwner={role === 'owner'}
      servers={servers ?? (await listServers(scope))}
    >
      {children}
    </Layout>,
    { status },
  )
}
