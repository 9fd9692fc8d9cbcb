import type { AuthMode } from '#sdk/contract.ts'
import type { KeyKind } from '#src/servers/keys.ts'
import type { Reporter } from '#src/tickets/ticket.ts'
import type { ParsedTicket } from './input.ts'

export type Identified =
  | { ok: true; reporter: Reporter }
  | {
      ok: false
      reason: 'identity_required' | 'identity_invalid' | 'not_signed_in' | 'email_required'
    }

/**
 * Who raised a ticket. A server whose end-users sign in by its company's issuer says who they are;
 * one without takes an e-mail, which nobody has verified. Neither stands in for the other. Whom the
 * desk signs in it knows itself, by `signedIn`: for them no server's word is taken.
 */
export function identify(
  auth: AuthMode,
  issuer: string | null,
  { reporter, email }: Pick<ParsedTicket, 'reporter' | 'email'>,
): Identified {
  if (auth === 'none') {
    if (reporter) return { ok: false, reason: 'identity_invalid' }
    if (!email) return { ok: false, reason: 'email_required' }
    return {
      ok: true,
      reporter: { proof: 'email', email, name: null, issuer: null, subject: null },
    }
  }
  if (!reporter) return { ok: false, reason: 'identity_required' }
  if (auth !== 'external' || reporter.issuer !== issuer)
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

/** A publishable key is in everybody's hands, so nobody is vouched for with it. */
export const authFor = (server: { auth: AuthMode }, key: { kind: KeyKind }): AuthMode =>
  key.kind === 'publishable' ? 'none' : server.auth
