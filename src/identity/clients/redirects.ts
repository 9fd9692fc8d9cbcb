import type { Client } from './client.ts'

/** Whether a client may be answered at an address: one it registered, character by character. */
export const mayRedirect = ({ redirectUris }: Pick<Client, 'redirectUris'>, uri: string): boolean =>
  redirectUris.includes(uri)
