import { limits } from '#sdk/limits.ts'
import { sha256 } from '#src/lib/ids.ts'
import { Problem } from './problem.ts'

const digests = new WeakMap<Request, Buffer>()

/** SHA-256 of the body as it was received; it has been read before. */
export const bodyDigest = (request: Request): Buffer => digests.get(request) ?? sha256('')

/** The body as strict UTF-8 text. Larger than the limit: 413, without reading on. */
export async function readText(
  request: Request,
  bytesMax: number = limits.bodyBytesMax,
): Promise<string> {
  const tooLarge = () => new Problem('too_large', `A request may have at most ${bytesMax} bytes.`)
  if (Number(request.headers.get('content-length') ?? 0) > bytesMax) throw tooLarge()
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > bytesMax) throw tooLarge()
    chunks.push(chunk)
  }
  const body = Buffer.concat(chunks)
  digests.set(request, sha256(body))
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw new Problem('bad_request', 'The body is not UTF-8.')
  }
}

/** A JSON body. Only `application/json` is taken: a form can't be sent as that across sites. */
export async function readJson(request: Request): Promise<unknown> {
  requireType(request, 'application/json')
  const text = await readText(request)
  try {
    return JSON.parse(text)
  } catch {
    throw new Problem('bad_request', 'The body is not JSON.')
  }
}

/** The fields of an HTML form, repeated ones too. */
export async function readFields(request: Request): Promise<URLSearchParams> {
  requireType(request, 'application/x-www-form-urlencoded')
  return new URLSearchParams(await readText(request))
}

/** The fields of an HTML form; of repeated ones the last. */
export const readForm = async (request: Request): Promise<Record<string, string>> =>
  Object.fromEntries(await readFields(request))

export function requireType(request: Request, type: string): void {
  const given = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (given !== type) throw new Problem('bad_request', `The Content-Type must be ${type}.`)
}
