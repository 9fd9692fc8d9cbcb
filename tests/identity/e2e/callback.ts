/** Where a client on this machine waits for the person to come back (RFC 8252 7.3). */
export function openCallback() {
  let { promise, resolve } = Promise.withResolvers<URL>()
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: (request) => {
      const url = new URL(request.url)
      if (url.pathname !== '/callback') return new Response(null, { status: 404 })
      resolve(url)
      return new Response('You may close this page.')
    },
  })
  return {
    url: `http://127.0.0.1:${server.port}/callback`,
    /** The next time somebody comes back: the address, with what it carries. */
    async next() {
      const url = await promise
      ;({ promise, resolve } = Promise.withResolvers<URL>())
      return url
    },
    close: () => server.stop(true),
  }
}

export type Callback = ReturnType<typeof openCallback>
