/** Never `none`, never a shared secret: a public key must not pass for one (RFC 8725 3.1, 3.2). */
export const algorithms =
  'ES256 ES384 ES512 EdDSA Ed25519 PS256 PS384 PS512 RS256 RS384 RS512'.split(' ')
