/** Attributes whose value a browser or htmx follows. */
const followed =
  /^(href|src|action|formaction|xlink:href|hx-(get|post|put|patch|delete|push-url|replace-url))$/

/** A page as a browser sees its structure: its elements in order, each with its attributes' names. */
export async function skeletonOf(html: string): Promise<{ elements: string[]; links: string[] }> {
  const elements: string[] = []
  const links: string[] = []
  const rewriter = new HTMLRewriter()
    .on('*', {
      element({ tagName, attributes }) {
        const names: string[] = []
        for (const [name, value] of attributes) {
          names.push(name)
          if (followed.test(name)) links.push(value.replaceAll('&amp;', '&'))
        }
        elements.push(`${tagName} ${names.join(' ')}`.trim())
      },
    })
    .onDocument({
      comments: () => {
        elements.push('comment')
      },
    })
  await rewriter.transform(new Response(html)).text()
  return { elements, links }
}
