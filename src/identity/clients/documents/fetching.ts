import type { LookupAddress } from 'node:dns'
import type { IncomingMessage } from 'node:http'
import { type RequestOptions, request } from 'node:https'
import { OAuthError } from '#src/web/oauth.ts'
import { limits } from './limits.ts'
import { unreachable, unusable } from './unusable.ts'

/** A document as it came, and how long its host says that it stands, if it does. */
export type Fetched = { text: string; maxAgeS: number | undefined }

type Options = {
  /** Where to connect, instead of looking the name up again. */
  addresses: LookupAddress[]
  /** Whose certificates count, where it is not those that the runtime trusts. */
  ca: string | undefined
  signal: AbortSignal
}

/**
 * Gets a JSON document over TLS, whose certificate has to be the name's: by one connection of its
 * own, without cookies, proxies and redirects, and no more of it than a document may have.
 */
export function fetchDocument(url: URL, { addresses, ca, signal }: Options): Promise<Fetched> {
  const lookup: RequestOptions['lookup'] = (_host, { all }, found) => {
    const [first] = addresses
    if (all || !first) found(null, addresses)
    else found(null, first.address, first.family)
  }
  return new Promise((resolve, reject) => {
    const options: RequestOptions = {
      agent: false,
      headers: { accept: 'application/json', 'accept-encoding': 'identity' },
      lookup,
      rejectUnauthorized: true,
      signal,
      ...(ca !== undefined && { ca }),
    }
    const asked = request(url, options, (response) => {
      read(response)
        .then(resolve, (error) => reject(error instanceof OAuthError ? error : unreachable()))
        .finally(() => asked.destroy())
    })
    asked.on('error', () => reject(unreachable()))
    asked.end()
  })
}

async function read(response: IncomingMessage): Promise<Fetched> {
  const { statusCode, headers } = response
  if (statusCode !== 200) throw unusable('The app’s description is not at its address.')
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (!/^application\/([\w.-]+\+)?json$/.test(type))
    throw unusable('The app’s description is not sent as JSON.')
  const chunks: Buffer[] = []
  if (Number(headers['content-length'] ?? 0) > limits.documentBytesMax) throw tooLarge()
  let bytes = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength
    if (bytes > limits.documentBytesMax) throw tooLarge()
    chunks.push(chunk)
  }
  return { text: Buffer.concat(chunks).toString(), maxAgeS: maxAgeOf(headers['cache-control']) }
}

const tooLarge = () =>
  unusable(`The app’s description has more than ${limits.documentBytesMax} bytes.`)

/** RFC 9111 5.2.2; what must not be kept is as old as can be at once. */
function maxAgeOf(cacheControl = ''): number | undefined {
  if (/(^|[\s,])no-(store|cache)\b/i.test(cacheControl)) return 0
  const [, seconds] = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,10})/i.exec(cacheControl) ?? []
  return seconds === undefined ? undefined : Number(seconds)
}
