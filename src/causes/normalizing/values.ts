/** What stands in place of what differs from call to call. */
export const blank = '…'

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
      `(?<![\\p{L}\\d_/])[\\p{L}\\d_.@%-]+(?:/[\\p{L}\\d_.@%+-]+)*/[\\p{L}\\d_.@%+-]+\\.${extension}(?![\\p{L}\\d_])(?::\\d+)*`,
      'giu',
    ),
    blank,
  ],
  [/(?<![\p{L}\d_.)\]])(?:~|\.{1,2})?\/[^\s"'`<>»”,;:)\]]+(?::\d+(?::\d+)?)?/gu, blank],
  // Addresses of machines.
  [/(?<![\w:])(?:[\da-f]{0,4}:){2,7}[\da-f]{0,4}(?:\]?:\d{1,5})?(?![\w:])/gi, blank],
  [
    /(?<![\w.-])(?:\*\.)?(?:localhost|(?:[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d])?\.)+(?:com|org|net|io|dev|ai|app|co|cloud|local|internal|localdomain|lan|example|test|invalid|svc|edu|gov|de|fr|uk|eu|us|info|sh|me|tv|tech))(?::\d{1,5})?(?![\w-])/gi,
    blank,
  ],
  [/[^\s!(]+![A-Z]{1,3}\d+(?::[A-Z]{1,3}\d+)?/g, blank],
]

/** The rest that can be told by how it is written. Rules before leave the later ones less to see. */
const values: [RegExp, string][] = [
  [
    /(?<![\w/])(?!(?:application|text|image|audio|video|multipart|model|font)\/)[\p{L}\d_.@%-]+(?:\/[\p{L}\d_.@%+-]+)+\/?(?::\d+)?/gu,
    blank,
  ],
  [
    new RegExp(
      `(?<![\\p{L}\\d_./])[\\p{L}\\d_-]+(?:\\.[\\p{L}\\d_-]+)*\\.${extension}(?!\\w)(?::\\d+)*`,
      'giu',
    ),
    blank,
  ],
  // Identifiers: UUIDs, hexadecimal ones, those of vendors, random ones.
  [/(?<!\w)[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}(?!\w)/gi, blank],
  [/(?<!\w)0x[\da-f]+(?!\w)/gi, blank],
  [/(?<!\w)(?=[a-f]{0,40}\d)[\da-f]{7,128}(?!\w)/gi, blank],
  [
    /(?<!\w)[a-z]{1,12}[_-](?:(?:test|live|prod)[_-])?(?=[\w*…-]{0,40}[\dA-Z*…])[\w*…-]{6,200}(?!\w)/g,
    blank,
  ],
  [/(?<!\w)[A-Z][A-Z\d]{1,9}-\d+(?!\w)/g, blank],
  [
    /(?<!\w)(?=[\w-]{0,60}\d)(?=[\w-]{0,60}[A-Za-z])(?=[\w-]{0,60}(?:\d[A-Za-z]|[A-Z]\d))[\w-]{8,512}={0,2}(?!\w)/g,
    blank,
  ],
  [
    /(?<![\p{L}\d_])\p{L}[\p{L}\d]*(?:[-_.]\p{L}[\p{L}\d]*)*[-_.]\d[\p{L}\d_.-]*(?<=[\p{L}\d_])/gu,
    blank,
  ],
  // Numbers, however they are grouped, with their units.
  [
    /(?<![\p{L}\d])(?:\d+(?:[.,]\d+)?(?:[mμµnu]?s|ms|min|[mhdw]|[kmgt]i?b?)(?![\p{L}])|\d+(?:\.\d+)?[hms](?=\d)){1,6}/giu,
    blank,
  ],
  [/(?<![\p{L}\d])[-+~]?[$€£¥]?\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+(?:[.,]\d+)?(?!\d)/gu, blank],
  [/[-+~]?[$€£¥]?\d+(?:[.,:]\d+)*/g, blank],
  [
    /…\s?(?:%|°|[€$£¥]|(?:[kmgt]i?b|bytes?|[mμµn]?s|secs?|seconds?|sekunden|secondes|mins?|minutes?|minuten|hours?|h|days?|px|tokens?)(?!\p{L}))/giu,
    blank,
  ],
]

const apply = (text: string, rules: [RegExp, string][]): string =>
  rules.reduce((left, [rule, put]) => left.replace(rule, put), text)

/** Puts a blank in place of addresses, files and moments. */
export const blankPlaces = (text: string): string => apply(text, places)

/** The same for ids, numbers and whatever else can be told by how it is written. */
export const blankValues = (text: string): string => apply(text, values)

/** Of all kinds of quotes; a quote within a word is an apostrophe. */
const quoted = [
  /"(?:[^"\\\n]|\\.){0,2000}"/g,
  /`[^`\n]{0,2000}`/g,
  /[“„”][^“”„\n]{0,2000}[“”]/g,
  /»[^«»\n]{0,2000}«|«[^«»\n]{0,2000}»/g,
  /「[^「」\n]{0,2000}」|『[^『』\n]{0,2000}』/g,
  /(?<![\p{L}\d])[‘‚‹][^‘’‚‹›\n]{0,2000}[’‘›]/gu,
  /(?<![a-zà-ÿ\d\ue000-\ue07f])'[^'\n]{0,2000}'(?![a-zà-ÿ\d])/giu,
]

const shielded = /^.[\ue000-\ue07f]+(?: [\ue000-\ue07f]+)?.$/

/** Puts a blank in place of what stands in quotes, unless it is a word that has to stay. */
export const blankQuoted = (text: string): string =>
  quoted.reduce(
    (left, rule) => left.replace(rule, (all) => (shielded.test(all) ? all.slice(1, -1) : blank)),
    text,
  )

const stop =
  '(?!(?:is|was|are|were|be|been|has|had|have|does|do|did|not|no|name|names|type|types|id|ids|value|values|key|keys|of|in|on|at|to|for|from|with|and|or|the|a|an|that|this|which|you|it|must|may|might|can|cannot|could|should|would|will|already|error|errors|data|path|file|list|access|info|format|definition|limit|count|size|length|parameter|parameters|argument|field|column|table|user|project|resource|version|state|status|exists|found|required|missing|invalid)(?![\\p{L}\\d_]))'

const noun =
  '(?:table|column|relation|function|branch|parameter|argument|option|field|key|module|package|property|command|method|tool|user|role|host|database|collection|bucket|index|schema|view|entity|entities|file|scope|model|channel|repository|repo|project|service|namespace|container|image|volume|node|pod|tag|label|resource|name|named|id|ID|path|topic|queue|variable|attribute|type|class|extension|plugin|template|account|domain|zone|region|key|page|block|document|network|executable|binary|program|secret|deployment|endpoint|job|workflow|context|profile|cluster|instance|snapshot|pipeline|folder|directory|calendar|event|thread|space|board|sprint|issue|ticket|customer|invoice|product|subscription|sheet|range|cursor|token|record|row|object)'

/** Names that stand without quotes, where the words around them leave nothing else. */
const named: [RegExp, string][] = [
  [
    new RegExp(
      `\\b(no such ${noun}|unknown ${noun}|undefined ${noun}|invalid ${noun}|missing ${noun}|(?:duplicate|ambiguous) ${noun}(?: name)?): ?[\\p{L}_][\\p{L}\\p{N}_.$-]*`,
      'giu',
    ),
    `$1: ${blank}`,
  ],
  [
    new RegExp(
      `\\b(${noun}) (?=[\\p{L}\\p{N}_.$-]*[_.\\d-])[\\p{L}_][\\p{L}\\p{N}_.$-]*[\\p{L}\\p{N}_]`,
      'giu',
    ),
    `$1 ${blank}`,
  ],
  [
    new RegExp(
      `\\b(${noun}) ${stop}[\\p{L}\\p{N}_.-]+ (?=(?:is|was|are|were|not|does|has|had|already|cannot|could|doesn't|isn't|exists|may|must|lacks|requires)(?![\\p{L}\\d_]))`,
      'giu',
    ),
    `$1 ${blank} `,
  ],
  [
    /\b(with name|named|called|by the name of) (?!is\b|not\b|to\b).{1,120}?(?= (?:not found|does not|already|is not|was not|could not|cannot|exists)\b)/gi,
    `$1 ${blank}`,
  ],
  [
    /\b(on branch|the current branch|branch) (?!is\b|was\b|has\b|not\b|name\b|and\b|or\b|to\b|you\b)[\w./-]+/gi,
    `$1 ${blank}`,
  ],
  [/(\[rejected\]|\[remote rejected\])\s+\S+ -> \S+/g, `$1 ${blank}`],
  [
    /\b(constraint failed|is locked|is not unique|locked by): [\w.]+(?:, ?[\w.]+)*/gi,
    `$1: ${blank}`,
  ],
  [
    / \([a-z][\w.-]{0,60}\) (?=could not|not found|does not|is not|was not|already)/gi,
    ` ${blank} `,
  ],
  [
    /\b(for|named) (?!the\b|this\b|that\b|a\b)[\w.:-]+ (?=does not exist|not found|already exists|was not found)/gi,
    `$1 ${blank} `,
  ],
  [
    /\b(denied (?:to|for)) (?!the\b|this\b|database\b|table\b|relation\b|schema\b|function\b|user\b|create\b|access\b)[\w.-]*[\w-]/gi,
    `$1 ${blank}`,
  ],
  [
    /\b(refspec|(?:modified|deleted|added|renamed) in|Version) (?!is\b|of\b|not\b|the\b)(?=\S+ (?:does|left|of|and|in|matches)|\S+\.)[\w/-]+/g,
    `$1 ${blank}`,
  ],
  [
    new RegExp(
      `\\b((?:invalid|unknown|unsupported|unrecogni[sz]ed|unexpected|undefined|illegal|duplicate) (?:${noun}|currency|country|value|locale|language|timezone|time zone|format|unit|status|state|event|action|operator|token|character|flag|switch|subcommand)): [\\p{L}\\d_$-]+(?=[.,;)]|$)`,
      'gimu',
    ),
    `$1: ${blank}`,
  ],
  [/\b(not authorized on) \S+/gi, `$1 ${blank}`],
  [
    new RegExp(
      `\\b(${noun}): (?=[\\p{L}\\p{N}_$-]*[_.\\d-][\\p{L}\\p{N}_])[\\p{L}_][\\p{L}\\p{N}_.$-]*[\\p{L}\\p{N}_]`,
      'giu',
    ),
    `$1: ${blank}`,
  ],
  [
    new RegExp(`\\b((?:specified|given|requested|provided|selected) (?:${noun})): \\S+$`, 'gimu'),
    `$1: ${blank}`,
  ],
  [/^[EWIF]\d{4} [\d:.]+ +\d+ \S+\]/gm, blank],
  [
    /\b((?:for|für|pour|on|of|sur)(?: la| le)? (?:table|relation|schema|sequence|view|function|database|procedure|column|tabelle|spalte|funktion|datenbank|sicht|sequenz|vue|fonction|séquence|schéma|colonne)) (?!["'`“„«»]|is\b|of\b)[\p{L}\d_.$-]+/giu,
    `$1 ${blank}`,
  ],
  [/^(merge): \S+ (?=- )/gm, `$1: ${blank} `],
  [/^(Command failed|cmdline|Command|Query|SQL|Statement): .*$/gim, `$1: ${blank}`],
  [/\bCommand '.*' (?=returned|timed|failed|died)/g, `Command ${blank} `],
  [/(\/bin\/\w+|\bsh|bash|zsh): (?:line )?\d+: [\w./-]+(?=: )/g, `$1: ${blank}: ${blank}`],
]

/** The same for names without quotes. */
export const blankNames = (text: string): string => apply(text, named)

/** A list or value in brackets within a sentence: "no such index [books]". */
const bracketed =
  /(?<=[\p{L}…,:] )\[(?!\{|[^\]]*(?:Error|Exception)|[\ue000-\ue07f]+\])[^[\]\n]{1,200}\](?!:)/gu

/** Puts a blank in place of what stands in brackets within a sentence. */
export const blankBracketed = (text: string): string => text.replace(bracketed, blank)
