/** The name of a ticket between people, such as `DOCUAPI-1042`. It is no secret and opens nothing. */
export const referenceOf = (serverSlug: string, number: number): string =>
  `${serverSlug.toUpperCase()}-${number}`
