import { expect, test } from 'bun:test'
import { bound } from '../../sdk/src/cut.ts'
import { createRedactor, redactText, redactValue } from '../../sdk/src/redact.ts'
import { isSecretName } from '../../sdk/src/secrets.ts'

const words = (text: string) => text.trim().split(/[ \n]+/)

const harmlessNames = words(`
  author authors author_id authenticated authentication_method oauth_provider max_tokens maxTokens
  nextPageToken next_page_token pageToken continuationToken total_tokens promptTokens
  completion_tokens inputTokens tokens_used stop_tokens tokenCount token_count token_type tokenizer
  tokenize token_endpoint key keys keyword keywords keyboard monkey primaryKey primary_key
  foreignKey sortKey partition_key cacheKey idempotencyKey publicKey public_key s3_key objectKey
  residence lesson passenger compass bypass passage passwordPolicy password_length secretary session
  sessions description cookieConsent pinned shipping spinner encryption accessLevel privateRepo
  apiVersion card postcard authorization_endpoint expires_in signature access api client private`)

const secretNames = words(`
  password Password user_password dbPassword DB_PASSWORD passwd pwd passphrase passcode secret
  client_secret clientSecret CLIENT_SECRET sharedSecret api_key apiKey APIKey X-Api-Key apikey
  x-api-key OPENAI_API_KEY accessToken access_token accesstoken refresh_token authToken auth_token
  id_token token tokens GITHUB_TOKEN authorization Authorization Proxy-Authorization cookie
  Set-Cookie jwt otp totp_code cvv cvc ssn iban privateKey private_key ssh_private_key
  AWS_SECRET_ACCESS_KEY aws_access_key_id secretKey signingKey encryption_key database_url
  DATABASE_URL connectionString dsn credentials sessionId session_token csrfToken xsrf-token
  mnemonic seedPhrase recoveryCodes cardNumber card_number credit_card webhook_url pin bearer
  userPass pass smtp_pass mypassword newPassword password_hash contraseña 密码`)

test.each(harmlessNames)('%s is no secret', (name) => {
  expect(isSecretName(name)).toBe(false)
  expect(redactValue({ [name]: 'plain' })).toEqual({ [name]: 'plain' })
})

test.each(secretNames)('%s is a secret at any depth', (name) => {
  expect(redactValue([{ deep: { [name]: 'hunter2' } }])).toEqual([
    { deep: { [name]: '[redacted]' } },
  ])
})

// Put together here, so that no scanner takes a test for a leak.
const random = 'aB3dE6gH9jK2mN5pQ8sT'
const jwt = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0NSJ9', 's1gn4tur3'].join('.')
const pem = (kind: string) => `-----BEGIN ${kind}-----\nMIIE${random}\n-----END ${kind}-----`

const secretTexts: [what: string, text: string, secret: string][] = [
  ['a JWT', `sent ${jwt} twice`, 's1gn4tur3'],
  ['a bearer token', `Authorization: Bearer ${random}`, random],
  ['a short bearer token in its header', 'Authorization: Bearer hunter2', 'hunter2'],
  ['basic credentials', 'curl -H "Authorization: Basic dXNlcjpwYXNz"', 'dXNlcjpwYXNz'],
  ['an RSA key', pem('RSA PRIVATE KEY'), random],
  ['an SSH key', pem('OPENSSH PRIVATE KEY'), random],
  ['a key cut at its end', pem('PRIVATE KEY').slice(0, 45), random.slice(0, 10)],
  ['a key cut at its start', pem('PRIVATE KEY').slice(30), random],
  ['a key in JSON', JSON.stringify({ pem: pem('EC PRIVATE KEY') }), random],
  ['a key in YAML', `private_key: ${pem('RSA PRIVATE KEY')}`, random],
  ['a key in an environment variable', `PRIVATE_KEY="${pem('PRIVATE KEY')}"`, random],
  ['an OpenAI key', `sk-${'proj-'}${random}`, random],
  ['a Stripe key', `rejected sk_${'live_'}${random}`, random],
  ['a GitHub token', `gh${'p_'}${random}${random}`, random],
  ['a fine-grained GitHub token', `github_${'pat_'}${random}_${random}`, random],
  ['a GitLab token', `glp${'at-'}${random}`, random],
  ['a Slack token', `xox${'b-'}123456789012-${random}`, random],
  ['an npm token', `npm${'_'}${random}${random}`, random],
  ['a Google key', `AIz${'aSy'}${random}${random}`, random],
  ['an AWS key id', `AKI${'A'}ABCDEFGHIJ234567`, 'ABCDEFGHIJ234567'],
  ['a SendGrid key', `SG${'.'}${random}.${random}`, random],
  ['a Hugging Face token', `hf${'_'}${random}`, random],
  ['credentials in a URL', 'postgres://admin:p@ssw0rd@db.local:5432/docs', 'ssw0rd'],
  ['a query parameter', 'GET /search?q=x&access_token=hunter2&page=2', 'hunter2'],
  ['a signed URL', 'https://s3.example/f?X-Amz-Signature=abcdef123&x=1', 'abcdef123'],
  ['a pair', 'password=hunter2 user=alex', 'hunter2'],
  ['a pair in prose', 'my password: hunter2', 'hunter2'],
  ['a quoted pair', "api_key = 'hunter 2'", 'hunter 2'],
  ['an environment variable', 'export DB_PASSWORD="hunter2"', 'hunter2'],
  ['JSON in a text', '{"password":"hunt\\"er2","page":2}', 'er2'],
  ['JSON in JSON in a text', '{\\"password\\":\\"hunter2\\",\\"page\\":2}', 'hunter2'],
  ['an XML element', '<password>hunter2</password>', 'hunter2'],
  ['a flag', 'login --password hunter2 --verbose', 'hunter2'],
  ['a cookie header', 'Cookie: sid=hunter2; theme=dark', 'hunter2'],
  ['a pair after a colon', '401 Unauthorized: token=hunter2', 'hunter2'],
  ['a pair after many', 'a:b:c=password: hunter2', 'hunter2'],
  ['a Ruby hash', '{:password=>"hunter2"}', 'hunter2'],
  ['a header in a Python dict', "{'X-Api-Key': 'hunter2', 'n': 1}", 'hunter2'],
  ['a token named in JSON', '{"auth":{"accessToken":"hunter2"}}', 'hunter2'],
  ['credentials after a scheme', 'authorization=Basic hunter2', 'hunter2'],
  ['a key glued to a card number', `4111111111111111sk-${random}`, random],
  ['a value that is partly redacted', 'password=[redacted: key]hunter2', 'hunter2'],
  ['a cookie beside a redacted one', 'cookie: [redacted: key]; sid=hunter2', 'hunter2'],
  ['a login of curl', 'curl -u admin:hunter2 https://api.example', 'hunter2'],
  ['a quoted login of curl', 'curl --user "admin:hunter 2" -v', 'hunter 2'],
  ['a login in JSON', '{"cmd":"curl -u \\"admin:hunter2\\" -v"}', 'hunter2'],
  ['a value on the next line', 'password:\n  hunter2\nuser: alex', 'hunter2'],
  ['a value on the next line, not indented', 'Password:\r\nhunter2', 'hunter2'],
  ['a block of YAML', 'api_key: |\n    hunter2\n', 'hunter2'],
  ['a line break that was escaped', '"password:\\n  hunter2\\nuser"', 'hunter2'],
  ['an encoded pair', 'user%3Dalex%26password%3Dhunter2%26page%3D2', 'hunter2'],
  ['an encoded pair, twice', 'password%253Dhunter2', 'hunter2'],
  ['encoded JSON', '%7B%22password%22%3A%22hunter2%22%7D', 'hunter2'],
  ['a name and its value in JSON', '{"name":"API_KEY","value":"hunter2"}', 'hunter2'],
  [
    'a name and its value in JSON in JSON',
    '{\\"key\\":\\"token\\",\\"value\\":\\"hunter2\\"}',
    'hunter2',
  ],
  ['a name and its value in YAML', '- name: API_KEY\n  value: hunter2\n', 'hunter2'],
  ['a command line in JSON', '["login","--password","hunter2"]', 'hunter2'],
  ['a command line in Python', "['login', '--password', 'hunter 2']", 'hunter 2'],
  ['a key of PuTTY', `PuTTY-User-Key-File-2: ssh-rsa\nPrivate-Lines: 1\n${random}\n`, random],
  ['an end of a key', `${random}\n-----END RSA PRIVATE KEY-----`, random],
  ['a token of a bot', `${'N'.repeat(24)}.aB3dE6.${random}x1y2z3w4`, random],
  ['another token of a bot', `123456789:AA${random}${'x'.repeat(13)}`, random],
  ['a code of a sign-in', `/callback?code=${random}&state=1`, random],
  ['a token for a user name', `https://${random}@sentry.example/1`, random],
  ['bytes as Node prints them', 'got <Buffer 68 75 6e 74 65 72 32>', '68 75'],
  ['bytes in JSON', 'got {"type":"Buffer","data":[104,117,110]}', '104,117'],
  ['a card number', 'paid with 4111 1111 1111 1111', '1111 1111'],
  ['a card number without spaces', '{"n":"5555555555554444"}', '55555555'],
]

test.each(secretTexts)('%s goes', (_, text, secret) => {
  expect(redactText(text)).not.toContain(secret)
  expect(redactText(text)).toMatch(/\[(?:redacted|binary)/)
})

test.each(secretTexts)('%s, redacted twice, is redacted once', (_, text) => {
  expect(redactText(redactText(text))).toBe(redactText(text))
})

const harmlessTexts = [
  '{"page":2,"author":"alex","nextPageToken":"3"}',
  'a basic understanding of bearer authentication',
  'invalid token: expired',
  'password: required',
  'Password must have 8 characters',
  'max_tokens=400&page=2',
  'sk-fading-circle-container is a class name',
  'order 1234567890123 of 1700000000000',
  'https://docs.example.com:8080/a:b@c?page=2#top',
  'mail alex@company.com about DOCUAPI-12',
  'Error: connect ECONNREFUSED 127.0.0.1:5432',
  'at Object.<anonymous> (/app/src/index.ts:12:34)',
  'docker run -u 1000:1000 -u node:node alpine',
  'sort -u a.txt',
  'credentials:\n  region: eu\n  user: alex',
  'credentials:\n  {',
  'invalid token:\n    at Object.<anonymous> (/app/src/index.ts:12:34)',
  'Forgot your password:\n  Ask us for a new one',
  'Session cookie:\nworks',
  'Tokens:\n512',
  'page%3D2%26author%3Dalex%26nextPageToken%3D3',
  '{"name":"page","value":"2"}',
  '{"name":"token_count","value":"2"}',
  '["--page","2","--verbose"]',
  'password=…',
  '4111 1111 1111 1112 fails the check digit',
]

test.each(harmlessTexts)('"%s" stays', (text) => {
  expect(redactText(text)).toBe(text)
})

test('yes, no and amounts stay under names of secrets', () => {
  const value = { password: true, token: null, tokens: 512, hasPassword: false, otp: 123456 }
  expect(redactValue(value)).toEqual({ ...value, otp: '[redacted]' })
})

const secretValues: [what: string, value: unknown, kept: unknown][] = [
  [
    'a header',
    [{ name: 'Authorization', value: 'hunter2' }],
    [{ name: 'Authorization', value: '[redacted]' }],
  ],
  ['a variable', { key: 'API_KEY', value: 'hunter2' }, { key: 'API_KEY', value: '[redacted]' }],
  [
    'a header as AWS has it',
    { Header: 'Cookie', Value: 7 },
    { Header: 'Cookie', Value: '[redacted]' },
  ],
  ['an entry', [['Authorization', 'hunter2']], [['Authorization', '[redacted]']]],
  [
    'an argument',
    ['login', '--password', 'hunter 2', '--page', '2'],
    ['login', '--password', '[redacted]', '--page', '2'],
  ],
  ['a login', ['curl', '-u', 'admin:hunter 2'], ['curl', '-u', 'admin:[redacted]']],
  [
    'a number',
    { accessToken: 12345, auth: 12345n },
    { accessToken: '[redacted]', auth: '[redacted]' },
  ],
]
test.each(secretValues)('%s beside its name goes', (_, value, kept) => {
  expect(redactValue(value)).toEqual(kept)
  expect(redactValue(redactValue(value))).toEqual(kept)
})

const harmlessValues: unknown[] = [
  { name: 'page', value: '2' },
  { name: 'token_count', value: 2 },
  { name: 'password', type: 'string', required: true },
  { name: 'password', value: null },
  { name: 'tokens', value: 512 },
  { key: 'author', value: 'alex' },
  ['author', 'alex'],
  ['password', 'email'],
  ['username', 'password', 'page'],
  ['--password', '--verbose'],
  ['--page', '2'],
  ['docker', 'run', '-u', '1000:1000'],
  { max_tokens: 400, tokens: 512 },
]
test.each(harmlessValues)('%j stays', (value) => {
  expect(redactValue(value)).toEqual(value)
})

test('bytes become their size', () => {
  const image = 'iVBORw0K'.repeat(100)
  expect(redactText(`see ${image}`)).toBe('see [base64, 600 bytes]')
  expect(redactText(`data:image/png;base64,${image}`)).toBe('[image/png, 600 bytes]')
  expect(redactValue({ raw: new Uint8Array(9) })).toEqual({ raw: '[binary, 9 bytes]' })
})

test('base64 on lines becomes its size', () => {
  const lines = Array.from({ length: 6 }, () => 'iVBORw0K'.repeat(8)).join('\n')
  expect(redactText(`see ${lines}`)).toBe('see [base64, 288 bytes]')
})

test('objects given in memory become what JSON makes of them', () => {
  class Account {
    owner = 'alex'
    password = 'hunter2'
    #pin = 1234
    toString = () => `${this.#pin}`
  }
  const given = {
    at: new Date(0),
    map: new Map([['password', 'hunter2']]),
    set: new Set(['a']),
    url: new URL('https://alex:hunter2@docs.example/'),
    error: new Error('token=hunter2'),
    account: new Account(),
    buffer: JSON.parse(JSON.stringify(Buffer.from('hunter2'))),
    typed: JSON.parse(JSON.stringify(Uint8Array.from('hunter22', (sign) => sign.charCodeAt(0)))),
    blob: new Blob(['hunter2']),
    card: 4111111111111111,
    auth: ['alex', 'hunter2'],
    get lazy() {
      throw new Error('not loaded')
    },
  }
  const kept = {
    at: '1970-01-01T00:00:00.000Z',
    map: { password: '[redacted]' },
    set: ['a'],
    url: 'https://[redacted]@docs.example/',
    error: { name: 'Error', message: 'token=[redacted]' },
    account: { owner: 'alex', password: '[redacted]' },
    buffer: '[binary, 7 bytes]',
    typed: '[binary, 8 bytes]',
    blob: '[binary, 7 bytes]',
    card: '[redacted: card number]',
    auth: '[redacted]',
  }
  expect(redactValue(given)).toEqual(kept)
  expect(redactValue(bound(given))).toEqual(kept)
})

test('a secret used as a key goes too', () => {
  expect(Object.keys(redactValue({ [jwt]: 1 }) as object)).toEqual(['[redacted: token]'])
})

test('a __proto__ from JSON stays a plain key', () => {
  const value = redactValue(JSON.parse('{"__proto__":{"admin":true}}')) as Record<string, unknown>
  expect(value.admin).toBeUndefined()
  expect(JSON.stringify(value)).toBe('{"__proto__":{"admin":true}}')
})

test("a host's hook sees paths, and a field on which it throws is dropped", () => {
  const hook = (value: unknown, path: string) => {
    if (path === 'user.phone') throw new Error('no')
    return path === 'user.names.1' ? 'B.' : value
  }
  const redactor = createRedactor({ hook })
  expect(redactor.value({ user: { phone: '1', names: ['a', 'b'], age: 3 } })).toEqual({
    user: { names: ['a', 'B.'], age: 3 },
  })
})

test('what a hook returns is still redacted', () => {
  const keeping = (kept: unknown) => createRedactor({ hook: () => kept }).value({ note: 'x' })
  expect(keeping({ password: 'hunter2' })).toEqual({
    note: { password: '[redacted]' },
  })
  expect(keeping(`token=${random}`)).toEqual({ note: 'token=[redacted]' })
})

const hostile = words(`eyJ eyJ- eyJ. a:// a: password= password=" "a":" '\\" <a> --a\u00a0 sk- aA1-
  -----BEGIN\u00a0PRIVATE\u00a0KEY----- -----END\u00a0PRIVATE\u00a0KEY----- Bearer\u00a0 4\u00a0
  data:a/b; data:a/b;base64, ?key= [redacted x- cookie: a. = A \\ __ tokentoken %3D a%3D %26
  password%3D password:¶ password:¶\u00a0a -u\u00a0 -u\u00a0a: -u\u00a0"a: "--token",
  name:key,value: "name":"key","value": name: value:`)

test.each(hostile)('256 kB of %s take linear time', (pattern) => {
  const unit = pattern.replaceAll('\u00a0', ' ').replaceAll('¶', '\n')
  const text = unit.repeat(Math.ceil((256 * 1024) / unit.length))
  const started = performance.now()
  redactText(text)
  expect(performance.now() - started).toBeLessThan(5_000)
})

test('a value nested a hundred thousand deep is cut, not followed', () => {
  let value: unknown = 'end'
  for (let depth = 0; depth < 100_000; depth++) value = [value]
  expect(JSON.stringify(redactValue(value))).toContain('too deep')
})
