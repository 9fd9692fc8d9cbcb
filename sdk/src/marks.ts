/** What stands in place of a secret, and which values need no such mark. */
export const redacted = '[redacted]'

/** Keys of vendors are drawn at random, words are not. */
export const looksRandom = (text: string) =>
  /\d/.test(text) || /[a-z][A-Z]|[A-Z][a-z]+[A-Z]/.test(text)

export const plainAnswers =
  /^(?:missing|required|invalid|expired|empty|incorrect|wrong|not|null|undefined|none|must|is|was|too|true|false|denied|revoked|malformed|should|cannot|please|the|a|an|it|for|failed|unknown|unauthorized)$/i

/** Redacted already, cut away, or a word that says something about the secret. */
export const keepsMeaning = (value: string) =>
  value === '…' || /^\[redacted[^\]]{0,20}\]$/.test(value) || plainAnswers.test(value)

/** `-u admin:hunter2` is a login; `-u 1000:1000` and `-u node:node` are user and group. */
export const isLogin = (user: string, password: string) =>
  !/^\d+$/.test(user) && password !== user && !keepsMeaning(password)
