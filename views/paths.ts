import { type AnalyticsFilter, analyticsQuery } from '#src/analytics/range.ts'
import { type CauseFilter, causesQuery } from '#src/causes/filter.ts'
import { filterQuery, type TicketFilter } from '#src/tickets/filter.ts'

/** Addresses of pages, each written once. Parts are encoded, whatever they hold. */

const part = (text: string) => encodeURIComponent(text.toWellFormed())

export const inboxPath = (organization: string, filter: TicketFilter = { status: 'active' }) =>
  `/${part(organization)}/tickets${filterQuery(filter)}`

export const analyticsPath = (organization: string, filter: AnalyticsFilter = {}) =>
  `/${part(organization)}/analytics${analyticsQuery(filter)}`
export const analyticsCsvPath = (organization: string, filter: AnalyticsFilter) =>
  `/${part(organization)}/analytics.csv${analyticsQuery(filter)}`
/** Where an owner says in which time zone days begin. */
export const timeZonePath = (organization: string) => `/${part(organization)}/time-zone`

export const causesPath = (organization: string, filter?: CauseFilter) =>
  `/${part(organization)}/causes${filter ? causesQuery(filter) : ''}`
/** A cause is named by the number of its first ticket. */
export const causePath = (organization: string, number: number) =>
  `${causesPath(organization)}/${number}`
/** What is done to a cause, each by a form of its own. */
const causeAction = (action: string) => (organization: string, number: number) =>
  `${causePath(organization, number)}/${action}`
export const causeNamePath = causeAction('name')
export const causeStatusPath = causeAction('status')
export const answerPath = causeAction('answer')
export const answerPreviewPath = causeAction('answer/preview')
export const answerRemovalPath = causeAction('answer/removal')

export const serversPath = (organization: string) => `/${part(organization)}/servers`
export const serverPath = (organization: string, server: string) =>
  `${serversPath(organization)}/${part(server)}`
export const newServerPath = (organization: string) => `${serversPath(organization)}/new`
export const membersPath = (organization: string) => `/${part(organization)}/members`
export const memberPath = (organization: string, id: string) =>
  `${membersPath(organization)}/${part(id)}`
export const invitationsPath = (organization: string) => `/${part(organization)}/invitations`
export const departurePath = (organization: string) => `/${part(organization)}/departure`
export const profilePath = (organization: string) => `/${part(organization)}/profile`

/** Addresses with a secret in them: they are sent to one person. */
export const invitationPath = (token: string) => `/invitations/${part(token)}`
export const passwordPath = (token: string) => `/password/${part(token)}`

export const demoRemovalPath = (organization: string) => `/${part(organization)}/removal`

/** How many tickets have come to a list since the number `after`. */
export const newsPath = (organization: string, filter: TicketFilter) =>
  `${inboxPath(organization)}/news${filterQuery(filter)}`

/** A ticket keeps the filter it was found with, so that Back leads to the same list. */
export const ticketPath = (organization: string, number: number, filter?: TicketFilter) =>
  `${inboxPath(organization)}/${number}${filter ? filterQuery(filter) : ''}`

/** What is done to a ticket, each by a form of its own. */
const ticketAction =
  (action: string) => (organization: string, number: number, filter?: TicketFilter) =>
    `${ticketPath(organization, number)}/${action}${filter ? filterQuery(filter) : ''}`
export const statusPath = ticketAction('status')
export const priorityPath = ticketAction('priority')
export const notesPath = ticketAction('notes')
export const blockPath = ticketAction('block')
export const readPath = ticketAction('read')
export const unreadPath = ticketAction('unread')
export const mergePath = ticketAction('merge')
/** The captured session, as it was stored. */
export const contextPath = ticketAction('context.json')

/** Of many tickets: those that are named, or all of a filter. */
export const bulkPath = (organization: string, filter?: TicketFilter) =>
  `${inboxPath(organization)}/bulk${filter ? filterQuery(filter) : ''}`
export const exportPath = (organization: string, kind: 'csv' | 'jsonl', filter: TicketFilter) =>
  `${inboxPath(organization)}/export.${kind}${filterQuery(filter)}`

/** Takes a change back; afterwards to `ticket`, where it is known, or to the list. */
export const undoPath = (
  organization: string,
  change: string,
  { ticket, filter }: { ticket?: number | undefined; filter?: TicketFilter | undefined } = {},
) => {
  const path = `/${part(organization)}/changes/${part(change)}/undo`
  const query = new URLSearchParams(filter ? filterQuery(filter) : '')
  if (ticket) query.set('ticket', String(ticket))
  return query.size > 0 ? `${path}?${query}` : path
}
/** A page that says what was just changed, and offers to undo it; of many, how many were `left`. */
export const changedPath = (path: string, change: string | null, left = 0) => {
  const said = new URLSearchParams()
  if (change) said.set('changed', change)
  if (left > 0) said.set('left', String(left))
  return said.size > 0 ? `${path}${path.includes('?') ? '&' : '?'}${said}` : path
}

/** Where an owner erases the reporter of a ticket. */
export const erasurePath = (organization: string, number: number, filter?: TicketFilter) =>
  `${ticketPath(organization, number)}/erasure${filter ? filterQuery(filter) : ''}`

export const connectPath = (organization: string, server: string) =>
  `${serverPath(organization, server)}/connect`
/** The live line of the connect page; `was` is the state it shows. */
export const connectProgressPath = (organization: string, server: string, was: string) =>
  `${connectPath(organization, server)}/progress?was=${part(was)}`
/** Whether a server's issuer answers. */
export const issuerPath = (organization: string, server: string) =>
  `${serverPath(organization, server)}/issuer`
/** Who signs in at a server by the desk; `of` keeps their search, and where its page begins. */
export const endUsersPath = (
  organization: string,
  server: string,
  of: { q?: string | undefined; before?: string | undefined } = {},
) => {
  const query = new URLSearchParams()
  if (of.q) query.set('q', of.q)
  if (of.before) query.set('before', of.before)
  const text = query.toString()
  return `${serverPath(organization, server)}/end-users${text && `?${text}`}`
}
export const endUserPath = (organization: string, server: string, id: string) =>
  `${endUsersPath(organization, server)}/${part(id)}`
export const testTicketPath = (organization: string, server: string) =>
  `${serverPath(organization, server)}/test-ticket`
export const serverKeysPath = (organization: string, server: string) =>
  `${serverPath(organization, server)}/keys`

/** What a form of a server shows while it is filled in. No server's slug is `new`. */
export const serverPreviewPath = (organization: string) => `${newServerPath(organization)}/preview`
