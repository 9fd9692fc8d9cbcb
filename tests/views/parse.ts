export type Seen = { tag: string; attributes: [name: string, value: string][] }

/** The elements of some markup, as a parser sees them. */
export function elementsOf(markup: unknown): Seen[] {
  const seen: Seen[] = []
  new HTMLRewriter()
    .on('*', {
      element: (element) => {
        seen.push({
          tag: element.tagName,
          attributes: [...element.attributes] as [string, string][],
        })
      },
    })
    .transform(String(markup))
  return seen
}

/** Tags and attribute names, without what stands in them. */
export const skeletonOf = (markup: unknown): string[] =>
  elementsOf(markup).map(({ tag, attributes }) =>
    [tag, ...attributes.map(([name]) => name)].join(' '),
  )

export const valuesOf = (markup: unknown, tag: string, attribute: string): string[] =>
  elementsOf(markup)
    .filter((element) => element.tag === tag)
    .flatMap(({ attributes }) => attributes.filter(([name]) => name === attribute))
    .map(([, value]) => decoded(value))

/** What a reader reads. */
export const textOf = (markup: unknown): string =>
  decoded(String(markup).replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ')

const decoded = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&')
