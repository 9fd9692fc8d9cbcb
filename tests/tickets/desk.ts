import { elementsOf } from '../views/parse.ts'
import type { World } from '../world.ts'

/** Asks as northwind's owner, and looks at what is stored. */
export function deskOf(world: () => World, cookie: () => string) {
  const organization = () => world().northwind.scope.organizationId
  return {
    at: (number: number, path = '') => `/northwind/tickets/${number}${path}`,

    get: (path: string, headers: Record<string, string> = {}) =>
      world().ask(path, { cookie: cookie(), headers }),

    post: (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
      world().ask(path, {
        cookie: cookie(),
        method: 'POST',
        raw: { body: `${new URLSearchParams(form)}&`, type: 'application/x-www-form-urlencoded' },
        headers: { 'sec-fetch-site': 'same-origin', ...headers },
      }),

    async stored(number: number) {
      const [row] = await world().database.owner`
        select id, status, priority, read_at, closed_at, closed_by, updated_at from support_ticket
         where organization_id = ${organization()} and number = ${number}`
      return row ?? {}
    },

    async eventsOf(number: number) {
      return world().database.owner`
        select action, old_value, new_value, staff_id, change_id from ticket_event e
          join support_ticket t on t.organization_id = e.organization_id and t.id = e.ticket_id
         where t.organization_id = ${organization()} and t.number = ${number} order by e.id`
    },
  }
}

export const part = { 'hx-request': 'true', 'hx-request-type': 'partial' }

/** The change that an answer names. */
export const changeIn = (response: Response): string =>
  new URL(response.headers.get('location') ?? '', 'http://x').searchParams.get('changed') ?? ''

/** What the hidden fields of a page send. */
export const fieldsOf = (html: string): string =>
  new URLSearchParams(
    elementsOf(html)
      .filter(({ tag, attributes }) => tag === 'input' && `${attributes}`.includes('type,hidden'))
      .map(({ attributes }): [string, string] => {
        const of = Object.fromEntries(attributes)
        return [of.name ?? '', of.value ?? '']
      }),
  ).toString()
