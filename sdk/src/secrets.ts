/**
 * Which names stand for a secret. Names are read as words, so that `author` is not `auth` and
 * `max_tokens` is not a token, in any spelling: camelCase, snake_case, KEBAB-CASE, HTTP-Header.
 */

const list = (words: string) => new Set(words.split(/\s+/))

/** Secret wherever they stand, whatever comes before them. */
const secretWords = list(
  `password passwd pwd passphrase passcode secret secrets credential credentials authorization
  cookie cookies jwt otp totp cvv cvc cvn ssn iban bearer mnemonic dsn csrf xsrf pin pw pswd psw
  privkey phpsessid jsessionid passwort kennwort wachtwoord motdepasse contraseña contrasena senha
  hasło пароль 密码 密碼 パスワード 비밀번호`,
)

/** Secret only side by side. */
const secretPairs = list(
  `api-key api-keys access-key account-key admin-key app-key auth-key client-key consumer-key
  deploy-key encryption-key hmac-key license-key master-key private-key secret-key server-key
  service-key session-key shared-key signing-key ssh-key storage-key subscription-key webhook-key
  access-token auth-token bearer-token id-token refresh-token session-token api-token client-secret
  session-id session-cookie connection-string connection-uri connection-url database-url database-uri
  db-url db-uri redis-url mongo-url mongo-uri mongodb-uri postgres-url webhook-url card-number
  credit-card debit-card account-number routing-number security-code security-number
  passport-number seed-phrase recovery-phrase recovery-code recovery-codes backup-code backup-codes
  verification-code auth-code authorization-code mfa-code code-verifier client-assertion saml-response
  saml-assertion auth-header user-pass db-pass smtp-pass pass-word`,
)
/** For the document that lists them, and the test that holds it to this. */
export const nameLists = () => ({ secretWords, secretPairs })

const secondWords = new Set([...secretPairs].map((pair) => pair.split('-')[1]))
const joinedPairs = new Set([...secretPairs].map((pair) => pair.replace('-', '')))

/** A last word that makes the rest a description of the secret instead of the secret. */
const aboutWords = list(
  `count counts limit limits max min length size type types policy policies enabled required allowed
  expiry expires expired expiration ttl at age usage budget endpoint url uri version format strength
  name rotation algorithm algorithms alg scheme provider consent hint method methods status valid
  field label placeholder`,
)

/** Tokens that are positions or amounts. */
const harmlessTokens = list(
  `next page prev previous continuation sync cursor start scroll list resume resumption delta change
  max min total prompt completion input output cached reasoning thinking used remaining num number
  stop eos bos pad mask unk special progress sampled generated per`,
)

const words = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|[\p{Lo}\p{Lm}\p{M}]+|\p{N}+/gu
const nameCharsMax = 256

/** The words of a name; of a very long one, its last. */
const wordsOf = (name: string) =>
  name
    .slice(-nameCharsMax)
    .normalize('NFC')
    .match(words)
    ?.map((word) => word.toLowerCase()) ?? []

const pairsOf = (parts: string[]) => parts.slice(1).map((word, at) => `${parts[at]}-${word}`)

/** Whether a key, header, parameter or variable of this name holds a secret. */
export function isSecretName(name: string): boolean {
  const parts = wordsOf(name)
  const pairs = pairsOf(parts)
  if (pairs.some((pair) => secretPairs.has(pair))) return !isAbout(parts, pairs)
  if (parts.some((word) => joinedPairs.has(word) || /(?:password|passwd|secret)$/.test(word)))
    return !isAbout(parts, pairs)
  if (isAbout(parts, pairs)) return false
  return parts.some((word) => secretWords.has(word)) || isToken(parts) || parts.at(-1) === 'pass'
}

/** `token_url` is about a token; `database_url` is the secret itself. */
const isAbout = (parts: string[], pairs: string[]) =>
  parts.length > 1 && aboutWords.has(parts.at(-1) ?? '') && !secretPairs.has(pairs.at(-1) ?? '')

const isToken = (parts: string[]) =>
  parts.some((word) => /^(?:\p{L}+)?tokens?$/u.test(word) && word !== 'maxtokens') &&
  !parts.some((word) => harmlessTokens.has(word))

/** The names one redactor knows: ours, and those its host has added. */
export type Names = {
  isSecret(name: string): boolean
  /** The host's own. Nothing under one stays, not even yes, no or "none". */
  isOwn(name: string): boolean
  /** Whether a name of several words may end so; spares looking for those before it. */
  mayEnd(word: string): boolean
  /** Words in a text that end in a name of several: `your API key`. */
  endsInSecret(phrase: string): boolean
}

/** `keys` are read as words too: `employee_id` is `X-Employee-Id`, `employeeIDs` and `employeeid`. */
export function createNames(keys: readonly string[] = []): Names {
  const own = new Set(
    keys
      .map((key) => wordsOf(String(key)).join(''))
      .filter((key) => key !== '')
      .flatMap((key) => [key, `${key}s`]),
  )
  const charsMax = Math.max(0, ...[...own].map((key) => key.length))
  const startsOwn = (parts: string[], from: number): boolean => {
    let joined = ''
    for (let at = from; at < parts.length && joined.length < charsMax; at++) {
      joined += parts[at]
      if (own.has(joined)) return true
    }
    return false
  }
  const isOwn = (name: string) => {
    if (own.size === 0) return false
    const parts = wordsOf(name)
    return parts.some((_, from) => startsOwn(parts, from))
  }
  const mayEnd = (word: string) => own.size > 0 || secondWords.has(word.toLowerCase())
  const endsInSecret = (phrase: string) => {
    const parts = wordsOf(phrase)
    if (secretPairs.has(pairsOf(parts).at(-1) ?? '')) return true
    return parts.some((_, from) => own.has(parts.slice(from).join('')))
  }
  return { isSecret: (name) => isSecretName(name) || isOwn(name), isOwn, mayEnd, endsInSecret }
}
