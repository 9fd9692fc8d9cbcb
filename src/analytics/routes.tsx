import { z } from 'zod'
import { framed } from '#src/staff/frame.tsx'
import type { Member } from '#src/staff/who.ts'
import { readForm } from '#src/web/body.ts'
import { Problem } from '#src/web/problem.ts'
import { redirect } from '#src/web/render.tsx'
import type { Visit } from '#src/web/route.ts'
import { AnalyticsPage } from '#views/analytics/page.tsx'
import { analyticsPath } from '#views/paths.ts'
import { analyticsCsv } from './csv.ts'
import { readAnalytics } from './queries.ts'
import { parseAnalytics } from './range.ts'
import { changeTimeZone } from './time-zone.ts'
import { timeZones } from './zones.ts'

/**
 * `GET /{organization}/analytics?server=&tool=&category=&priority=&client=&since=&until=&days=`: the
 * figures of some days; 503 with what to do where they could not be counted in time.
 */
export async function showAnalytics({ url }: Visit, member: Member): Promise<Response> {
  const { organization, role, scope } = member
  const filter = parseAnalytics(url.searchParams)
  const read = await readAnalytics(scope, filter)
  return framed(
    member,
    {
      title: 'Analytics',
      active: 'analytics',
      servers: read.servers,
      status: typeof read.analytics === 'string' ? 503 : 200,
    },
    <AnalyticsPage
      {...read}
      organization={organization}
      filter={filter}
      isOwner={role === 'owner'}
    />,
  )
}

/** `GET /{organization}/analytics.csv?…`: the same figures as RFC 4180; 503 as above. */
export async function exportAnalytics({ url }: Visit, member: Member): Promise<Response> {
  const { organization, scope } = member
  const { analytics } = await readAnalytics(scope, parseAnalytics(url.searchParams))
  if (typeof analytics === 'string') throw new Problem('unavailable')
  const { since, until } = analytics.range
  return new Response(analyticsCsv(analytics), {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="${organization.slug}-analytics-${since}-${until}.csv"`,
    },
  })
}

const zoneForm = z.object({ timeZone: z.string().refine((zone) => timeZones.includes(zone)) })

/** `POST /{organization}/time-zone`: `timeZone`, an IANA name. Back to the figures; others 422. */
export async function postTimeZone({ request }: Visit, by: Member): Promise<Response> {
  const form = zoneForm.safeParse(await readForm(request))
  if (!form.success) throw new Problem('input_invalid', 'Choose a time zone of the list.')
  await changeTimeZone(by.scope, form.data.timeZone)
  return redirect(analyticsPath(by.organization.slug))
}
