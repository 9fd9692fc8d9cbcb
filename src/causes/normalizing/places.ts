import { apply, blank } from './blank.ts'

const month =
  '(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|m[äa]r[zs]?|apr(?:il)?|ma[yi]|june?|juni?|july?|juli?|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?|janv(?:ier)?|févr(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|août|octobre|novembre|décembre)\\.?'
const weekday =
  '(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sat|sun)(?:day)?|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche'
const clock =
  '\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?(?:\\s?[ap]\\.?m\\b\\.?)?(?:\\s?Uhr)?(?:\\s?(?:Z\\b|UTC|GMT|CES?T|[EPCM][SD]T)|\\s?[+-]\\d{2}:?\\d{2})*'
const day = `(?:\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2,4}|\\d{4}年\\d{1,2}月\\d{1,2}日|\\d{1,2}(?:st|nd|rd|th|er|\\.)?[ /-](?:de )?${month}(?:[ /-]\\d{4}|,? \\d{4})?|${month} \\d{1,2}(?:st|nd|rd|th)?(?:,? \\d{4})?)`
const time = new RegExp(
  `(?<![\\w])(?:(?:${weekday}),? )?(?:${day}(?:(?:T|,? | at | um |:| à )${clock}(?: \\d{4})?)?|${clock})(?![\\w])`,
  'giu',
)

const extension =
  '(?:txt|md|json[lc5]?|ya?ml|toml|csv|tsv|pdf|docx?|xlsx?|pptx?|png|jpe?g|gif|svg|webp|zip|gz|tgz|tar|iso|exe|dll|js|ts|tsx|jsx|mjs|cjs|py|rb|go|rs|java|cpp|cs|php|sh|sql|db|sqlite3?|log|conf|cfg|ini|env|lock|tf|html?|css|xml|node|wasm|ipynb|parquet|bak|tmp|pem|key|crt)'

/** Addresses and moments: what is in them is no code, whatever it looks like. */
const places: [RegExp, string][] = [
  [/\[redacted[^\]]{0,20}\]|\*{3,}\w{0,8}/g, blank],
  [/\b[a-z][a-z\d+.-]{1,20}:\/\/[^\s"'`<>»”’)\]}\ue000-\uf8ff]+/gi, blank],
  [/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g, blank],
  [/\barn:aws[\w-]*:[^\s"'`,)]+/g, blank],
  [/(?<![\w:])(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?(?:\/\d{1,2})?(?![\w])/g, blank],
  [time, blank],
  [/(?<![\w:])(?:[\dA-F]{2,8}:){2,8}[\dA-F]{2,8}(?![\w:])/g, blank],
  // Files and directories, with spaces in them where they begin with a drive.
  [/\b[A-Za-z]:(?:\\{1,2}|\/)[^"'`<>|\n:*?»”]*[^"'`<>|\n:*?»”\s.,]/g, blank],
  [/\\\\[\w.$-]+(?:\\[^"'`<>|\n:*?»”\s]+)+/g, blank],
  [
    new RegExp(
      `(?<![\\p{L}\\d_/])[\\p{L}\\d_.@%-]{1,80}(?:/[\\p{L}\\d_.@%+-]{1,80}){0,20}/[\\p{L}\\d_.@%+-]{1,80}\\.${extension}(?![\\p{L}\\d_])(?::\\d+)*`,
      'giu',
    ),
    blank,
  ],
  [/(?<![\p{L}\d_.)\]])(?:~|\.{1,2})?\/[^\s"'`<>»”,;:)\]]+(?::\d+(?::\d+)?)?/gu, blank],
  [
    new RegExp(
      `(?<![\\p{L}\\d_./])[\\p{L}\\d_-]{1,80}(?:\\.[\\p{L}\\d_-]{1,40}){0,4}\\.${extension}(?!\\w)(?::\\d+)*`,
      'giu',
    ),
    blank,
  ],
  // Addresses of machines.
  [/(?<![\w:])(?:[\da-f]{0,4}:){2,7}[\da-f]{0,4}(?:\]?:\d{1,5})?(?![\w:])/gi, blank],
  [
    /(?<![\w.-])(?:\*\.)?(?:localhost|(?:[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d])?\.)+(?:com|org|net|io|dev|ai|app|co|cloud|local|internal|localdomain|lan|example|test|invalid|svc|edu|gov|de|fr|uk|eu|us|info|sh|me|tv|tech))(?::\d{1,5})?(?![\w-])/gi,
    blank,
  ],
  [/(?<![^\s(])[^\s!(]{1,80}![A-Z]{1,3}\d+(?::[A-Z]{1,3}\d+)?/g, blank],
]

/** Puts a blank in place of addresses, files and moments. */
export const blankPlaces = (text: string): string => apply(text, places)
