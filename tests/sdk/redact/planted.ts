import fc from 'fast-check'

/** A secret, and the parts of it by which it is recognized in whatever form it comes out. */
export type Planted = { text: string; cores: string[] }

const alphanumeric = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'
const letters = (chars: number) =>
  fc.array(fc.constantFrom(...alphanumeric), { minLength: chars, maxLength: chars })

/** Drawn at random, with a digit and both cases, as what is issued by machines has them. */
export const random = (chars: number) => letters(chars - 3).map((rest) => `Zq7${rest.join('')}`)

const joined = (signs: string) =>
  fc
    .tuple(random(8), fc.array(fc.constantFrom(...signs), { maxLength: 3 }), random(8))
    .map(([head, between, tail]) => ({ text: head + between.join('') + tail, cores: [head, tail] }))

/** Needs its name to be known: two parts, and signs between them that ended it too early once. */
export const bareSecret = joined('!@#$%^*+~.-/?,;:)')
export const quotedSecret = joined('!@#$%^*+~.-/?,;:)(&=\'"\\ <>{}[]\n\t|ä漢😀…`')
/** For the inside of JSON lists and elements, where fewer signs can stand. */
export const simpleSecret = joined('!@#$%^*+~.-/?')

const shape = (make: fc.Arbitrary<string>, core: fc.Arbitrary<string>) =>
  fc.tuple(make, core).map(([text, core]) => ({ text: text.replace('§', core), cores: [core] }))

const issuers = `sk-§ sk-proj-§ sk-ant-api03-§ sk_live_§ rk_live_§ whsec_§ ghp_§ ghs_§ github_pat_§
  glpat-§ xoxb-123456789012-§ xapp-1-§ npm_§ pypi-§ hf_§ shpat_§ dop_v1_§ lin_api_§ ntn_§ ya29.§
  SG.§.x GOCSPX-§ AIzaSy§AbCdEfGhIj gsk_§ xai-§ hvs.§ ATATT3x§ dckr_pat_§ sbp_§ PMAK-§`.split(/\s+/)

const pem = (kind: string, end: string) =>
  `-----BEGIN ${kind}-----${end}MIIEvQIBADAN§BgkqhkiG9w0BAQEFAASC${end}-----END ${kind}-----`

/** Known by its looks alone. */
export const shapedSecret: fc.Arbitrary<Planted> = fc.oneof(
  shape(fc.constantFrom(...issuers), random(24)),
  shape(fc.constantFrom('eyJhbGciOiJIUzI1NiJ9.eyJ§.s1gn', 'eyJhbGciOiJub25lIn0.§'), random(24)),
  shape(
    fc.constantFrom(
      pem('RSA PRIVATE KEY', '\n'),
      pem('PRIVATE KEY', '\\n'),
      pem('OPENSSH PRIVATE KEY', '\r\n'),
      encodeURIComponent(pem('EC PRIVATE KEY', '\n')).replace('%C2%A7', '§'),
    ),
    random(24),
  ),
  shape(fc.constantFrom('Bearer §', 'bearer §', 'Basic §', 'Bearer%20§', 'Token §'), random(16)),
  shape(
    fc.constantFrom(
      'postgres://admin:§@db.local:5432/x',
      'https://alex:§@git.example/x.git',
      'redis://:§@cache',
      'amqp%3A%2F%2Fguest%3A§%40queue',
      'mongodb+srv://u:p@§@cluster.example',
      'https://§@sentry.example/2',
    ),
    random(24),
  ),
  shape(
    fc.constantFrom(
      'https://a.example/x?sig=§&y=1',
      '/x?a=1&key=§',
      '/cb?code=§',
      '/x?X-Amz-Signature=§#top',
      'https://hooks.slack.com/services/T0/B0/§',
    ),
    random(24),
  ),
  fc
    .constantFrom(
      '4111 1111 1111 1111',
      '4111-1111-1111-1111',
      '4111111111111111',
      '4111 1111 1111 1111 12/27 123',
      '5555555555554444',
      '3782 822463 10005',
      '07 4111 1111 1111 1111',
    )
    .map((text) => ({ text, cores: ['1111 1111', '1111-1111', '11111111', '55555', '822463'] })),
)

/** What of a secret still stands in a text, or in a value of which JSON is made. */
export function survivors(kept: unknown, { cores }: Planted): string[] {
  const text = typeof kept === 'string' ? kept : JSON.stringify(kept)
  return cores.flatMap((core) =>
    [core.slice(0, 8), core.slice(-8)].filter((part) => part.length >= 5 && text.includes(part)),
  )
}
