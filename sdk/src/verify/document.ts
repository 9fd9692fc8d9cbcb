import { textWithin } from '../body.ts'
import { limits } from './limits.ts'

/** An issuer's public document. Its words are for the operator: they hold an address and a reason. */
export class DocumentError extends Error {}

/** Nobody answered, for whatever reason: those within a network look alike from outside of it. */
export class UnreachableError extends DocumentError {}

/** Fetches a JSON object: no redirects, no more than `documentBytesMax`, until `signal` says stop. */
export async function fetchDocument(
  url: string,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    redirect: 'manual',
    signal,
  }).catch((cause: unknown) => {
    throw new UnreachableError(`${url} ${signal.aborted ? 'took too long' : 'cannot be reached'}`, {
      cause,
    })
  })
  if (response.status !== 200) {
    await response.body?.cancel().catch(() => {})
    throw new DocumentError(`${url} answered ${response.status}`)
  }
  return parse(url, await read(url, response))
}

async function read(url: string, response: Response): Promise<string> {
  const text = await textWithin(limits.documentBytesMax, response).catch(() => {
    throw new DocumentError(`${url} did not finish its answer`)
  })
  if (text === undefined)
    throw new DocumentError(`${url} is larger than ${limits.documentBytesMax} bytes`)
  return text
}

function parse(url: string, text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>
  } catch {
    // Said below.
  }
  throw new DocumentError(`${url} is not a JSON object`)
}
