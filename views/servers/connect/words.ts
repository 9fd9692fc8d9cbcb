/** Told when the live line changes to a state, also to those who do not see it. */
export const toastFor: Record<string, string | undefined> = {
  waiting: undefined,
  seen: 'SDK seen',
  arrived: 'First ticket arrived',
  off: 'Support is switched off',
  disabled: 'The server is switched off',
}

/** Why the server's address refused, and what to do about it. Reasons are problem codes. */
export const refusalWords: Record<string, string | undefined> = {
  key_invalid:
    'The key is not one of this server’s active ones, or none was sent. Check MCP_OBS_KEY, and that MCP_OBS_URL is the address above.',
  support_disabled: 'Support was switched off for this server.',
  identity_required:
    'No signed-in end-user was named, and this server’s end-users sign in. Send a reporter with issuer and subject.',
  identity_invalid:
    'The end-user named is not one this server can have: another issuer, a sign-in that has ended, or a reporter where nobody signs in.',
  input_invalid: 'A field was missing, too long, or no e-mail address.',
  idempotency_conflict: 'The same idempotency key came with another ticket.',
  bad_request: 'The request could not be read: it was not JSON, or not sent as JSON.',
  too_large: 'The request was too large.',
  too_many: 'Too many tickets came in a short time, of one key or of one person.',
}
