const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&' }

/** Markup without its tags, as it is read: entities resolved, spaces as one. */
export const plainText = (markup: string): string =>
  unescaped(markup.replace(/<[^>]*>/g, ''))
    .replace(/\s+/g, ' ')
    .trim()

/** The text of the `pre` with this id, as it is copied. */
export function textOf(page: string, id: string): string {
  const found = new RegExp(`<pre id="${id}"[^>]*>([^<]*)</pre>`).exec(page)?.[1]
  if (found === undefined) throw new Error(`the page has no text ${id}`)
  return unescaped(found)
}

const unescaped = (text: string) =>
  text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) =>
    name
      ? (entities[name] ?? whole)
      : String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal)),
  )
