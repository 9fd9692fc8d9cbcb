import fc from 'fast-check'

/** Customer keys of every property here; names made of them are secret to `redactor` alone. */
export const ownKeys = ['employee_id', 'xTenant']

const secret = [
  ['password'],
  ['passphrase'],
  ['client', 'secret'],
  ['api', 'key'],
  ['access', 'key'],
  ['private', 'key'],
  ['access', 'token'],
  ['refresh', 'token'],
  ['github', 'token'],
  ['session', 'id'],
  ['connection', 'string'],
  ['database', 'url'],
  ['credit', 'card'],
  ['otp'],
  ['cvv'],
  ['credentials'],
  ['employee', 'id'],
  ['x', 'tenant'],
]
const before = ['user', 'db', 'prod', 'acme', 'login', 'aws', 'old', 'сервер']

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
const spellings: ((words: string[]) => string)[] = [
  ([first = '', ...rest]) => first + rest.map(capital).join(''),
  (words) => words.map(capital).join(''),
  (words) => words.join('_'),
  (words) => words.join('-'),
  (words) => words.join('.'),
  (words) => words.map(capital).join('-'),
  (words) => words.join('_').toUpperCase(),
  (words) => words.join('-').toUpperCase(),
]

/** The name of a secret, in any spelling, with up to two words before it. */
export const secretName = fc
  .tuple(
    fc.array(fc.constantFrom(...before), { maxLength: 2 }),
    fc.constantFrom(...secret),
    fc.constantFrom(...spellings),
  )
  .map(([first, words, spell]) => spell([...first, ...words]))
