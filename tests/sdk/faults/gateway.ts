import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { openDesk } from '../desk.ts'

/** What becomes of a ticket's request on its way, instead of the desk's answer. */
export type Fault = (request: IncomingMessage, response: ServerResponse, elsewhere: string) => void

/**
 * A desk behind something that spoils the first ticket's request, and lets everything else
 * through. What follows a redirect arrives at `elsewhere`.
 */
export async function openGateway(fault: Fault, times = 1) {
  const desk = openDesk()
  const seen = { attempts: [] as number[], keys: new Set<unknown>(), strayed: 0, sent: 0 }
  const sockets = new Set<Socket>()
  let spoiled = 0

  const elsewhere = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: () => {
      seen.strayed++
      return Response.json({ result: { data: { reference: 'STOLEN-1' } } })
    },
  })
  const http = createServer(async (request, response) => {
    if (request.method !== 'POST') return forward(desk.url, request, response)
    seen.attempts.push(performance.now())
    seen.keys.add(request.headers['idempotency-key'])
    if (spoiled++ >= times) return forward(desk.url, request, response)
    const { socket } = request
    socket.once('close', () => {
      seen.sent += socket.bytesWritten
    })
    fault(request, response, `http://localhost:${elsewhere.port}/trpc/support.createTicket`)
  })
  http.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
  })
  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening))
  const { port } = http.address() as AddressInfo
  return Object.assign(seen, {
    url: `http://127.0.0.1:${port}/s/docuapi`,
    desk,
    open: () => sockets.size,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      http.close()
      await Promise.all([desk.close(), elsewhere.stop(true)])
    },
  })
}

export type Gateway = Awaited<ReturnType<typeof openGateway>>

async function forward(url: string, request: IncomingMessage, response: ServerResponse) {
  const { pathname, search } = new URL(request.url ?? '', 'http://gateway')
  const parts: Uint8Array[] = []
  for await (const part of request) parts.push(part)
  const answer = await fetch(new URL(pathname + search, url), {
    method: request.method ?? 'GET',
    headers: request.headers as Record<string, string>,
    ...(parts.length > 0 && { body: Buffer.concat(parts) }),
  })
  const body = Buffer.from(await answer.arrayBuffer())
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(body)
}
