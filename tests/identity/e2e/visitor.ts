/** A form of a page: where it leads, and what it sends if nobody fills it in. */
type Form = { action: string; method: string; fields: Record<string, string>; buttons: string[][] }

/** A page, as far as a visitor without a screen is concerned. */
export type Seen = { url: URL; status: number; text: string; forms: Form[] }

/**
 * A browser without a screen, as a driver for what needs no real one: it keeps cookies, follows
 * redirects until one leaves for `away`, and fills in forms by the names of their fields. `headers`
 * go with each request.
 */
export function createVisitor(away: string, headers: Record<string, string> = {}) {
  const cookies = new Map<string, string>()

  const ask = async (url: URL, sent?: URLSearchParams): Promise<Response> => {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: {
        ...headers,
        cookie: [...cookies].map((pair) => pair.join('=')).join('; '),
        ...(sent && { 'sec-fetch-site': 'same-origin', origin: url.origin }),
      },
      ...(sent && { method: 'POST', body: sent }),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = cookie.split(';')[0]?.split(/=(.*)/s) ?? []
      if (value) cookies.set(name, value)
      else cookies.delete(name)
    }
    return response
  }

  const arrive = async (url: URL, sent?: URLSearchParams): Promise<Seen> => {
    const response = await ask(url, sent)
    const location = response.headers.get('location')
    if (!location) return seen(url, response)
    await response.body?.cancel()
    const next = new URL(location, url)
    if (next.href.startsWith(away)) return { url: next, status: 303, text: '', forms: [] }
    return arrive(next)
  }

  return {
    go: (url: URL | string) => arrive(new URL(url)),
    /** Sends the form that has a field of each name given, by the button of `decision` if it has. */
    async submit(page: Seen, given: Record<string, string>): Promise<Seen> {
      const form = page.forms.find(({ fields, buttons }) =>
        Object.entries(given).every(
          ([name, value]) => name in fields || buttons.some((b) => b[0] === name && b[1] === value),
        ),
      )
      if (!form) throw new Error(`no form for ${Object.keys(given)} at ${page.url}: ${page.text}`)
      const sent = new URLSearchParams({ ...form.fields, ...given })
      const url = new URL(form.action, page.url)
      if (form.method !== 'post') return arrive(Object.assign(url, { search: `${sent}` }))
      return arrive(url, sent)
    },
    /** Follows a link to a page of the same site, by its path. */
    async follow(page: Seen, path: RegExp): Promise<Seen> {
      const href = [...page.text.matchAll(/href="([^"]+)"/g)].map(([, link = '']) => link)
      const found = href.map(plain).find((link) => path.test(link))
      if (!found) throw new Error(`no link to ${path} at ${page.url}`)
      return arrive(new URL(found, page.url))
    },
  }
}

async function seen(url: URL, response: Response): Promise<Seen> {
  const forms: Form[] = []
  const text = await response.text()
  const rewriter = new HTMLRewriter()
    .on('form', {
      element: (form) => {
        const action = plain(form.getAttribute('action') ?? '')
        const method = form.getAttribute('method') ?? 'get'
        forms.push({ action: action || url.href, method, fields: {}, buttons: [] })
      },
    })
    .on('form input, form button', {
      element: (field) => {
        const name = field.getAttribute('name')
        const value = plain(field.getAttribute('value') ?? '')
        const form = forms.at(-1)
        if (!form || !name) return
        if (field.tagName === 'button') form.buttons.push([name, value])
        else form.fields[name] = value
      },
    })
  rewriter.transform(text)
  return { url, status: response.status, text, forms }
}

const entities: Record<string, string> = { amp: '&', quot: '"', '#39': "'", lt: '<', gt: '>' }

const plain = (html: string) =>
  html.replace(/&(\w+|#\d+);/g, (whole, name: string) => entities[name] ?? whole)
