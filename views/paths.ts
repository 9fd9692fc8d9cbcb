import { filterQuery, type TicketFilter } from '#src/tickets/filter.ts'

/** Addresses of pages, each written once. Parts are encoded, whatever they hold. */

const part = (text: string) => encodeURIComponent(text.toWellFormed())

export const inboxPath = (organization: string, filter: TicketFilter = { status: 'active' }) =>
  `/${part(organization)}/tickets${filterQuery(filter)}`

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

/** A ticket keeps the filter it was found with, so that Back leads to the same list. */
export const ticketPath = (organization: string, number: number, filter?: TicketFilter) =>
  `${inboxPath(organization)}/${number}${filter ? filterQuery(filter) : ''}`

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
