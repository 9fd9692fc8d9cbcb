/** Takes what every variant delivers, in a process of its own, and counts it at `/arrived`. */
const arrived = { tickets: 0, envelopes: 0, events: 0 }

const settings = {
  enabled: true,
  title: 'Get support',
  description: 'Report issues or ask questions about using DocuAPI.',
  categories: ['Bug', 'Question', 'Feature request', 'Other'],
  auth: 'none',
  context: 'call',
  serverName: 'DocuAPI',
  claims: { email: 'email', name: 'name' },
}

const server = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  fetch: async (request) => {
    const { pathname } = new URL(request.url)
    if (pathname === '/arrived') return Response.json(arrived)
    await request.arrayBuffer()
    if (pathname.endsWith('/support.settings')) return Response.json({ result: { data: settings } })
    if (pathname.endsWith('/support.createTicket')) return Response.json(receipt(++arrived.tickets))
    if (pathname.endsWith('/envelope/')) arrived.envelopes++
    else arrived.events++
    return Response.json({})
  },
})

function receipt(number: number) {
  const createdAt = new Date().toISOString()
  return { result: { data: { reference: `DOCUAPI-${number}`, status: 'open', createdAt } } }
}

console.log(server.url.origin)
