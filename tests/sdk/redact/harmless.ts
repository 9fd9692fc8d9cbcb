import fc from 'fast-check'

const hex = (chars: number) =>
  fc.string({
    unit: fc.constantFrom(...'0123456789abcdef'),
    minLength: chars,
    maxLength: chars,
  })
const digits = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: min, maxLength: max })

const plainWords = `the user opened a document and got an error while searching page two author alex
  understanding monkey keyboard passenger compass session lesson primary
  passage residence tokenizer secretary keyword signature description authenticated
  données größe поиск 検索 結果 naïve`.split(/\s+/)

const word = fc.constantFrom(...plainWords)
const sentence = fc
  .array(word, { minLength: 2, maxLength: 12 })
  .map((words) => `${words.join(' ')}.`)

const names = `page author max_tokens maxTokens nextPageToken next_page_token pageToken total_tokens
  prompt_tokens tokenCount token_type primaryKey primary_key sortKey publicKey idempotencyKey s3_key
  passwordPolicy password_length keyword keyboard_layout expires_in token_endpoint encryption
  authorization_endpoint accessLevel privateRepo apiVersion oauth_provider status_code request_id
  user_name createdAt`.split(/\s+/)

/** Numbers, times and ids that are no card numbers: none is 13 to 19 digits long in one run. */
const id = fc.oneof(
  fc.uuid(),
  hex(40),
  hex(64),
  fc.ipV4(),
  fc.ipV6(),
  fc.emailAddress({ size: 'small' }).filter((address) => /^[\w.@-]+$/.test(address)),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.integer({ min: -99_999, max: 99_999 }).map(String),
  fc.double({ noNaN: true, min: -1e6, max: 1e6 }).map((number) => number.toFixed(3)),
  digits(1, 5),
  digits(6, 12).map((number) => `no. ${number},`),
  fc.tuple(digits(4, 4), digits(3, 3)).map((parts) => `+49 (0)${parts.join('-')}`),
  fc.webUrl({ validSchemes: ['https'], size: 'small' }).filter((url) => /^[\w:/.-]+$/.test(url)),
  fc
    .array(word, { minLength: 1, maxLength: 4 })
    .map((parts) => `/home/${parts.join('/')}.ts:${parts.length}:7`),
  fc.tuple(hex(7), word).map(([commit, branch]) => `git checkout ${branch}@${commit}`),
)

const pair = fc.tuple(fc.constantFrom(...names), fc.oneof(word, digits(1, 6)))
const code = pair.chain(([name, value]) =>
  fc.constantFrom(
    `const ${name} = ${JSON.stringify(value)}`,
    `${name}=${value}`,
    `${name}: ${value}`,
    JSON.stringify({ [name]: value, page: 2 }),
    JSON.stringify({ body: JSON.stringify({ [name]: [value] }) }),
    `?${name}=${value}&page=2`,
    `<${name}>${value}</${name}>`,
    `run --${name} ${value} --verbose`,
    `if (${name} === '${value}') { return [${name}] }`,
    `    at Object.${name} (/app/src/${value}.ts:12:34)`,
    `SELECT ${name} FROM items WHERE ${name} = '${value}' LIMIT 10`,
    `| ${name} | ${value} |`,
    `- name: ${name}\n  value: ${value}\n`,
  ),
)

/** What people, programs and models write when nothing in it is secret. */
export const harmlessText = fc
  .array(fc.oneof(sentence, id, code), { minLength: 1, maxLength: 6 })
  .chain((parts) => fc.constantFrom(' ', '\n', ' - ', '; ').map((between) => parts.join(between)))

/** Sentences and code that were taken for secrets once, or look like it. */
export const harmlessSentences = [
  'a basic understanding of bearer authentication',
  'Basic authentication is not supported by this server.',
  'a bearer apiVersion, as basic accessLevel',
  'The bearer of this document may enter.',
  'invalid token: expired',
  'Unexpected token: the parser stopped at line 3',
  "Unexpected token '<' in JSON at position 0",
  'password: required.',
  'Password must have 8 characters',
  'Forgot your password?',
  'max_tokens=400&page=2',
  '{"max_tokens":400,"nextPageToken":"3","author":"alex","tokens":512}',
  'tokens: 512, total_tokens=1024',
  'sk-fading-circle-container is a class name',
  'key-value-store and key-event-handler-2024-edition are packages',
  'order 1234567890123 of 1700000000000',
  'https://docs.example.com:8080/a:b@c?page=2#top',
  'ssh://git@github.com/company/repository.git',
  'mail alex@company.com about DOCUAPI-12',
  'Error: connect ECONNREFUSED 127.0.0.1:5432',
  'docker run -u 1000:1000 -u node:node alpine',
  'sort -u a.txt --key 2 | uniq -c',
  'credentials:\n  region: eu\n  user: alex',
  'API key: see the documentation',
  'The session id: what is it for?',
  'the value: 7, its name: page',
  'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  `integrity sha512-${'q1/8'.repeat(21)}Q==`,
  'data:text/plain,hello and data: nothing',
  'pinned: true, spinning=false, shipping: 3',
  '4111 1111 1111 1112 fails the check digit',
  'pi is 3.141592653589793, e is 2.718281828459045',
  '2026-01-02 03:04:05.678 10.0.0.1 200 1234 5678 GET /x',
  'ISBN 978-3-16-148410-0, +49 30 901820, 1-800-555-0199',
  'Cookie consent is required',
  'the cookie: missing',
  'user[name]=alex&user[role]=admin',
  'a <b>bold</b> word, <token_count>5</token_count>',
  '漢字：説明、ページ：2',
  'Bearer authentication',
  '    at verify (/app/src/token.ts:12:34)',
  'src/secret.rs:7: unused import',
  'C:\\Users\\alex\\Documents\\report.txt',
]
