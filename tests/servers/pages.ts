import type { SupportSettings } from '#sdk/contract.ts'
import { findServer } from '#src/servers/queries.ts'
import { plantSession } from '../walls/facts.ts'
import { jsonOf, makeWorld } from '../world.ts'
import { plainText } from './page.ts'

export type Form = Record<string, string>

/** A server's form, filled in well. */
export const form: Form = {
  name: 'Docs & Pages',
  slug: '',
  auth: 'none',
  issuer: '',
  audience: '',
  title: 'Ask the Docs team',
  description: 'Anything about Docs.',
  categories: 'Pages\nother\n\n  Spaces \nPages',
  context: 'recent',
}

/** A world, and the pages of its servers as an owner asks for them. */
export async function makePages() {
  const world = await makeWorld()
  const { cookie } = await plantSession(world, world.northwind.staff.id)
  const at = (path: string, sent?: Form, as = cookie) =>
    world.ask(`/northwind/servers${path}`, { cookie: as, ...(sent && { form: sent }) })
  return {
    world,
    at,
    read: async (path: string, as?: string) => (await at(path, undefined, as)).text(),
    found: (slug: string) => findServer(world.northwind.scope, slug),
    /** What a server's SDK gets. */
    async settingsOf(slug: string, key: string) {
      const response = await world.ask(`/s/${slug}/trpc/support.settings`, { key })
      return (await jsonOf<{ result: { data: SupportSettings } }>(response)).result.data
    },
  }
}

/** The key that a page shows. */
export const keyIn = (page: string) => /\b[sp]k_[\w-]{43}/.exec(page)?.[0] ?? ''

/** What a field of a page holds. */
export function held(page: string, name: string): string {
  const input = new RegExp(`<input[^>]* name="${name}"[^>]*>`).exec(page)?.[0]
  if (input) return plainText(/ value="([^"]*)"/.exec(input)?.[1] ?? '')
  const [, area = ''] = new RegExp(`name="${name}"[^>]*>([^<]*)</textarea>`).exec(page) ?? []
  return area.replace(/^\n/, '')
}
