import { listServers } from '#src/organizations/queries.ts'
import { framed } from '#src/staff/frame.tsx'
import type { Member } from '#src/staff/who.ts'
import type { Visit } from '#src/web/route.ts'
import { Causes } from '#views/causes/list.tsx'
import { parseCauses } from './filter.ts'
import { listCauses } from './listing.ts'

/** `GET /{organization}/causes?state=&server=&days=&page=`: the causes that most tickets have. */
export async function showCauses({ url }: Visit, member: Member): Promise<Response> {
  const { organization, scope } = member
  const filter = parseCauses(url.searchParams)
  const [page, servers] = await Promise.all([listCauses(scope, filter), listServers(scope)])
  return framed(
    member,
    { title: 'Causes', active: 'causes', servers },
    <Causes
      organization={organization}
      filter={filter}
      page={page}
      servers={servers}
      now={new Date()}
    />,
  )
}
