/** The name of a ticket between people, such as `DOCUAPI-1042`. It is no secret and opens nothing. */
export const referenceOf = (serverSlug: string, number: number): string =>
  `${serverSlug.toUpperCase()}-${number}`

/** The ticket that is named by `#1042`, `1042` or `DOCUAPI-1042`; null where nothing is. */
export function referenceIn(text: string): { number: number; server?: string } | null {
  const [, server, number] = /^(?:#|([a-z0-9][a-z0-9-]*)-)?([1-9]\d{0,8})$/i.exec(text) ?? []
  if (!number) return null
  return { number: Number(number), ...(server && { server: server.toLowerCase() }) }
}
