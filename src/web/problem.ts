import type { z } from 'zod'
import type { ProblemCode } from '#sdk/contract.ts'

const kinds: Record<ProblemCode, { status: number; title: string }> = {
  bad_request: { status: 400, title: 'The request can’t be read' },
  key_invalid: { status: 401, title: 'The server key is not valid for this address' },
  identity_required: { status: 401, title: 'The end-user must be signed in' },
  identity_invalid: { status: 401, title: 'The end-user’s identity can’t be accepted' },
  sign_in_required: { status: 401, title: 'Sign in first' },
  support_disabled: { status: 403, title: 'Support is switched off for this server' },
  cross_site: { status: 403, title: 'The request came from another site' },
  not_found: { status: 404, title: 'There is nothing here' },
  idempotency_conflict: { status: 409, title: 'This idempotency key was used for another ticket' },
  too_large: { status: 413, title: 'The request is too large' },
  input_invalid: { status: 422, title: 'Some fields are not valid' },
  too_many: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'The desk’s database does not answer in time' },
}

type FieldProblem = { field: string; message: string }
type Extra = { fields?: FieldProblem[]; retryAfterSeconds?: number }

/** An expected refusal. Thrown anywhere below a route, rendered once, in the route's language. */
export class Problem extends Error {
  readonly status: number
  readonly title: string

  constructor(
    readonly code: ProblemCode,
    readonly detail?: string,
    readonly extra: Extra = {},
  ) {
    super(detail ?? kinds[code].title)
    this.status = kinds[code].status
    this.title = kinds[code].title
  }
}

/** Names the fields and what they should be; never repeats what was sent. */
export function invalidInput({ issues }: z.ZodError): Problem {
  return invalidFields(issues.map(({ path, message }) => ({ field: path.join('.'), message })))
}

export const invalidFields = (fields: FieldProblem[]): Problem =>
  new Problem(
    'input_invalid',
    fields.map(({ field, message }) => `${field}: ${message}`).join('; '),
    {
      fields,
    },
  )

/** Any thrown value as a problem; what was not expected keeps its details to itself. */
export const toProblem = (thrown: unknown): Problem =>
  thrown instanceof Problem ? thrown : new Problem(isOutage(thrown) ? 'unavailable' : 'internal')

/**
 * The database is gone, going or made us wait too long: postgres.js connection errors, SQLSTATE
 * classes 08, 53 and 57, and 55P03 (lock not available).
 */
function isOutage(thrown: unknown): boolean {
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown
  const code = (cause as { code?: unknown } | null)?.code
  return (
    typeof code === 'string' &&
    (/^(08|53|57|55P03)/.test(code) ||
      code.startsWith('CONNECT') ||
      code.startsWith('CONNECTION_') ||
      code === 'ECONNREFUSED' ||
      code === 'ENOENT')
  )
}

/** Problem details, RFC 9457, with `code` and, for invalid input, `errors` as extension members. */
export function problemResponse(problem: Problem): Response {
  const { status, title, code, detail, extra } = problem
  return Response.json(
    {
      type: `urn:mcp-obs:problem:${code}`,
      title,
      status,
      code,
      ...(detail && { detail }),
      ...(extra.fields && { errors: extra.fields }),
    },
    { status, headers: { 'content-type': 'application/problem+json', ...retryAfter(problem) } },
  )
}

export const retryAfter = ({ extra }: Problem): Record<string, string> =>
  extra.retryAfterSeconds === undefined ? {} : { 'retry-after': String(extra.retryAfterSeconds) }
