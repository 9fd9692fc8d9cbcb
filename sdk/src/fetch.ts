import { textWithin } from './body.ts'

/** Receipts and settings take a few kilobytes. */
const answerBytesMax = 256 * 1024

/** An answer that can't be the desk's: something in between answered. */
export class ForeignAnswer extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly headers: Headers,
  ) {
    super(message)
  }
}

/** A subset of a `Response`, read to its end. */
type Answered = { ok: boolean; status: number; headers: Headers; json(): Promise<unknown> }

/**
 * Fetches JSON from the desk. The key and the ticket go to the desk's own address only, so no
 * redirect is followed; and an answer can't fill the memory of the host.
 */
export async function fetchJson(address: unknown, init?: object): Promise<Answered> {
  const url = String(address)
  const response = await fetch(url, { ...init, redirect: 'manual' })
  const { ok, status, headers } = response
  const foreign = (message: string) => new ForeignAnswer(message, status, headers)
  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    response.body?.cancel().catch(() => {})
    throw foreign(`its address redirects to ${originOf(headers.get('location'), url)}`)
  }
  const text = await textWithin(answerBytesMax, response)
  if (text === undefined) throw foreign(`status ${status} with too long an answer`)
  try {
    const json: unknown = JSON.parse(text)
    return { ok, status, headers, json: async () => json }
  } catch {
    throw foreign(`status ${status} without JSON`)
  }
}

const originOf = (location: string | null, base: string) =>
  location !== null && URL.canParse(location, base) ? new URL(location, base).origin : 'elsewhere'
