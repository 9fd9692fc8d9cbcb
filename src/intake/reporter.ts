import type { AuthMode } from '#sdk/contract.ts'
import type { Reporter } from '#src/tickets/ticket.ts'
import type { ParsedTicket } from './input.ts'

type Identified =
  | { ok: true; reporter: Reporter }
  | { ok: false; reason: 'identity_required' | 'identity_invalid' | 'email_required' }

/**
 * Who raised a ticket. A server whose end-users sign in says who they are; one without takes an
 * e-mail, which nobody has verified. Neither stands in for the other.
 */
export function identify(
  server: { auth: AuthMode; issuer: string | null },
  { reporter, email }: Pick<ParsedTicket, 'reporter' | 'email'>,
): Identified {
  if (server.auth === 'none') {
    if (reporter) return { ok: false, reason: 'identity_invalid' }
    if (!email) return { ok: false, reason: 'email_required' }
    return {
      ok: true,
      reporter: { proof: 'email', email, name: null, issuer: null, subject: null },
    }
  }
  if (!reporter) return { ok: false, reason: 'identity_required' }
  if (server.auth === 'external' && reporter.issuer !== server.issuer)
    return { ok: false, reason: 'identity_invalid' }
  return {
    ok: true,
    reporter: {
      proof: 'vouched',
      email: reporter.email ?? null,
      name: reporter.name ?? null,
      issuer: reporter.issuer,
      subject: reporter.subject,
    },
  }
}
