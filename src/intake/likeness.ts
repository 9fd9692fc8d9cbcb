/** Words of any script, also where no spaces stand between them (UAX #29). */
const segmenter = new Intl.Segmenter('und', { granularity: 'word' })

/** Below this, a title says too little to be another one shortened. */
const wordsMin = 2
/** What is left of a title that was shortened, at least. */
const shareMin = 1 / 3

/**
 * Whether two titles say the same, or one is the other with words left out, as "CSV export fails"
 * is of "CSV export of large reports fails with 504". Case, punctuation, normal forms and English
 * endings don't count; order does, and so does every word that tells: a "not", a "hardly" or
 * "twice", a number, a symbol.
 */
export function isAlike(one: string, other: string): boolean {
  const [short = [], long = []] = [wordsOf(one), wordsOf(other)].sort((a, b) => a.length - b.length)
  if (long.length === 0) return folded(one).trim() === folded(other).trim()
  if (short.length < long.length) {
    if (short.length < wordsMin || short.length < long.length * shareMin) return false
    if (short.filter(tells).length !== long.filter(tells).length) return false
  }
  let at = 0
  for (const word of long) if (word === short[at]) at++
  return at === short.length
}

const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{DI}]/gu, '')
    .replaceAll('’', "'")
    // Of a name (C#) or a number (-1), they are no punctuation.
    .replace(/(?<=\p{L})#/gu, '♯')
    .replace(/(?<![^\s(])[-–](?=\p{N})/gu, '−')
    // Upper first: ß and SS are the same letters.
    .toUpperCase()
    .toLowerCase()
    .normalize('NFC')

function wordsOf(text: string): string[] {
  const words: string[] = []
  for (const { segment, isWordLike } of segmenter.segment(folded(text)))
    if (isWordLike || isSymbol(segment)) words.push(tells(segment) ? segment : stemOf(segment))
  return words
}

/** An English word without its ending: fails, failed, failing. Too short a rest would be any word's. */
const stemOf = (word: string): string => word.replace(/(?<=^\p{L}{4,})(ing|ed|es|(?<!s)s|e)$/u, '')

/** A word left out may be the one that matters: how much, how often, or not, where it is written most. */
const telling = new Set(
  [
    'hardly barely rarely seldom almost nearly only except unless until once twice thrice double',
    'stop stops stopped stopping cease ceased lack lacks lacking fewer less more least most both half',
    'kaum selten fast nur außer doppelt einmal zweimal mehrfach weniger mehr aufgehört',
    'guère rarement presque seulement sauf double doublon deux moins plus cessé cesse arrêté arrête',
    'apenas casi quase solo sólo só doble dobro dos veces duas vezes menos más mais quasi doppio due volte',
    'no not never none nothing nobody nor neither without unable cannot cant dont doesnt didnt wont isnt',
    'nicht kein keine keinen keiner ohne nie nichts niet geen zonder inte ikke ikkje ingen utan uden ei',
    'pas ne sans aucun aucune jamais rien sin nunca ningún ninguna nada não sem nenhum nem non senza mai',
    'nie bez nem nincs не нет без ни нельзя немає není nelze değil yok olmadan όχι δεν χωρίς',
    'لا ليس لم لن بدون غير לא אין בלי नहीं मत बिना ไม่ không chưa tidak bukan tanpa',
    '不 没 沒 没有 沒有 無 无 無法 无法 未 別 别 非 ない せん なかっ ず ぬ なし 안 못',
  ].flatMap((line) => line.split(' ')),
)
const isSymbol = (text: string): boolean => /[\p{Sc}\p{Sm}\p{So}%]/u.test(text) && text !== '|'
/** Which status a call failed with is left out as other words are. */
const isNumber = (word: string): boolean => /\p{N}/u.test(word) && !/^[45]\d\d$/.test(word)
const tells = (word: string): boolean =>
  telling.has(word) || isNumber(word) || isSymbol(word) || /n't$|^[없않못]/.test(word)
