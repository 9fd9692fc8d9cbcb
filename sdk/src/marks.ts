/** What stands in place of a secret, and which values need no such mark. */
export const redacted = '[redacted]'

/** Keys of vendors are drawn at random, words are not. */
export const looksRandom = (text: string) =>
  /\d/.test(text) || /[a-z][A-Z]|[A-Z][a-z]+[A-Z]/.test(text)

const plainAnswers =
  /^(?:missing|required|optional|invalid|valid|expired|empty|incorrect|wrong|mismatch|not|no|yes|null|nil|undefined|none|must|is|are|was|has|too|true|false|denied|revoked|rejected|malformed|unsupported|should|cannot|please|the|this|that|your|you|a|an|it|to|and|or|in|of|if|with|for|from|failed|unknown|unauthorized|forbidden|set|see|use|check|string|number|boolean|object)[.!?]{0,3}$/i

export const isPlainAnswer = (word: string) => plainAnswers.test(word)

/** Redacted already, or cut away. */
export const isMark = (value: string) =>
  value === '…' || /^\[redacted[^\]]{0,20}\]$/.test(value) || /^[*•]+$/.test(value)

/** A mark, or a word that says something about the secret. */
export const keepsMeaning = (value: string) => isMark(value) || isPlainAnswer(value)

/** `-u admin:hunter2` is a login; `-u 1000:1000` and `-u node:node` are user and group. */
export const isLogin = (user: string, password: string) =>
  !/^\d+$/.test(user) && password !== user && !keepsMeaning(password)
