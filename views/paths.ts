import { filterQuery, type TicketFilter } from '#src/tickets/filter.ts'

/** Addresses of pages, each written once. Parts are encoded, whatever they hold. */

const part = (text: string) => encodeURIComponent(text.toWellFormed())

export const inboxPath = (organization: string, filter: TicketFilter = { status: 'active' }) =>
  `/${part(organization)}/tickets${filterQuery(filter)}`

export const serversPath = (organization: string) => `/${part(organization)}/servers`
export const serverPath = (organization: string, server: string) =>
  `${serversPath(organization)}/${part(server)}`
export const membersPath = (organization: string) => `/${part(organization)}/members`
export const profilePath = (organization: string) => `/${part(organization)}/profile`

/** A ticket keeps the filter it was found with, so that Back leads to the same list. */
export const ticketPath = (organization: string, number: number, filter?: TicketFilter) =>
  `${inboxPath(organization)}/${number}${filter ? filterQuery(filter) : ''}`
