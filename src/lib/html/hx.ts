type StatusPattern = `${number}` | `${number}x` | `${number}xx`

/** The htmx 4 attributes we use; see node_modules/htmx.org/dist/skills/htmx-guidance.md. */
type Hx = {
  get?: string
  post?: string
  target?: string
  swap?: 'outerMorph' | 'innerMorph' | 'outerHTML' | 'innerHTML' | 'none'
  /** Events and modifiers. Filters in brackets need eval and are refused. */
  trigger?: string
  sync?: string
  indicator?: string
  disable?: string
  /** Leaves the element of the page as it is, when a part around it is swapped by a morph. */
  'morph-skip'?: ''
  /** What to do instead with an answer of this status, such as `{ '5xx': 'swap:none' }`. */
  status?: { [pattern in StatusPattern]?: string }
}

/** htmx attributes of an element: `<form {...hx({ post: '/x', target: '#y' })}>`. */
export function hx({ status = {}, ...attributes }: Hx): { [name: `hx-${string}`]: string } {
  return Object.fromEntries([
    ...Object.entries(attributes).map(([name, value]) => [`hx-${name}`, value]),
    ...Object.entries(status).map(([pattern, value]) => [`hx-status:${pattern}`, value]),
  ])
}
