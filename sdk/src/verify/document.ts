import { limits } from './limits.ts'

/** An issuer's public document. Its words are for the operator: they hold an address and a reason. */
export class DocumentError extends Error {}

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
    throw new DocumentError(`${url} ${signal.aborted ? 'took too long' : 'cannot be reached'}`, {
      cause,
    })
  })
  if (response.status !== 200) {
    await response.body?.cancel()
    throw new DocumentError(`${url} answered ${response.status}`)
  }
  return parse(url, await read(url, response))
}

async function read(url: string, { body }: Response): Promise<string> {
  const reader = body?.getReader()
  const decoder = new TextDecoder()
  let size = 0
  let text = ''
  for (;;) {
    const chunk = await reader?.read().catch(() => {
      throw new DocumentError(`${url} did not finish its answer`)
    })
    if (!chunk?.value) return text + decoder.decode()
    size += chunk.value.byteLength
    if (size > limits.documentBytesMax) {
      await reader?.cancel().catch(() => {})
      throw new DocumentError(`${url} is larger than ${limits.documentBytesMax} bytes`)
    }
    text += decoder.decode(chunk.value, { stream: true })
  }
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
