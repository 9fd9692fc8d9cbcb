import { filterQuery, type TicketFilter } from '#src/tickets/filter.ts'

/** Addresses of pages, each written once. Parts are encoded, whatever they hold. */

export const inboxPath = (organization: string, filter: TicketFilter = { status: 'active' }) =>
  `/${encodeURIComponent(organization.toWellFormed())}/tickets${filterQuery(filter)}`

/** A ticket keeps the filter it was found with, so that Back leads to the same list. */
export const ticketPath = (organization: string, number: number, filter?: TicketFilter) =>
  `${inboxPath(organization)}/${number}${filter ? filterQuery(filter) : ''}`
