import type { ServerResponse } from 'node:http'
import type { Fault } from './gateway.ts'

type Kind = {
  name: string
  fault: Fault
  /** How long the next attempt has to wait at least; 400 ms, less than half a second's backoff. */
  waitMs?: number
  /** It isn't sent again while the test runs. */
  waits?: true
}

const page = '<html><body>Bad gateway</body></html>'
const answer =
  (status: number, headers: Record<string, string> = {}, body = page): Fault =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(body)
const json = (body: string) => answer(200, { 'content-type': 'application/json' }, body)
const redirect =
  (status: number): Fault =>
  (_, response, elsewhere) =>
    void response.writeHead(status, { location: elsewhere }).end()
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toUTCString()

/** As the desk itself says it, but for how long. */
const tooMany = (retryAfter: string) =>
  answer(
    429,
    { 'content-type': 'application/json', 'retry-after': retryAfter },
    JSON.stringify({ error: { message: 'slow down', code: -32029, data: { code: 'too_many' } } }),
  )

/** Writes on and on, as fast as it is read or one piece at a time. */
function pour(response: ServerResponse, piece: string, everyMs: number, bytesMax: number) {
  response.writeHead(200, { 'content-type': 'application/json' })
  let bytes = 0
  const more = () => {
    if (response.destroyed || bytes >= bytesMax) return response.end()
    bytes += piece.length
    const flows = response.write(piece)
    if (everyMs > 0) setTimeout(more, everyMs)
    else if (flows) setImmediate(more)
    else response.once('drain', more)
  }
  more()
}

export const kinds: Kind[] = [
  { name: '500', fault: answer(500) },
  { name: '413', fault: answer(413) },
  { name: '429 for two seconds', fault: answer(429, { 'retry-after': '2' }), waitMs: 1_950 },
  {
    name: '503 until a time of day',
    fault: (...given) => answer(503, { 'retry-after': inSeconds(4) })(...given),
    waitMs: 2_900,
  },
  { name: '429 for less than no time', fault: tooMany('-5') },
  { name: '429 for no time', fault: tooMany('0') },
  { name: '429 until last year', fault: tooMany(inSeconds(-3e7)) },
  { name: '429 for centuries', fault: tooMany('9999999999'), waits: true },
  { name: 'a page', fault: answer(200) },
  { name: 'nothing', fault: answer(200, {}, '') },
  { name: 'other JSON', fault: json('{"ok":true}') },
  { name: 'a receipt without a reference', fault: json('{"result":{"data":{}}}') },
  { name: 'half of some JSON', fault: json('{"result":{"data":{"refer') },
  {
    name: 'half of the bytes it announced',
    fault: (request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
      response.write('{"result":')
      setTimeout(() => request.socket.destroy(), 50)
    },
  },
  { name: '100 MB', fault: (_, response) => pour(response, ' '.repeat(65_536), 0, 100 * 2 ** 20) },
  { name: 'one byte after another', fault: (_, response) => pour(response, ' ', 100, 1_000) },
  { name: 'a reset', fault: ({ socket }) => void socket.resetAndDestroy() },
  { name: 'an end without an answer', fault: ({ socket }) => void socket.destroy() },
  { name: 'silence', fault: () => {} },
  ...[301, 302, 303, 307, 308].map((status) => ({
    name: `a ${status} to elsewhere`,
    fault: redirect(status),
  })),
]
