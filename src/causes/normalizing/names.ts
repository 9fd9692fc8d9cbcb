import { apply, blank } from './blank.ts'

const thing =
  'table|column|relation|function|branch|module|package|command|method|tool|user|role|host|database|collection|bucket|index|schema|view|entity|entities|file|scope|model|channel|repository|repo|project|service|namespace|container|image|volume|node|pod|tag|label|resource|name|named|id|path|topic|queue|variable|type|class|extension|plugin|template|account|domain|zone|region|page|block|document|sheet|range|cursor|token|record|row|object|network|executable|binary|program|secret|deployment|endpoint|job|workflow|context|profile|cluster|instance|snapshot|pipeline|folder|directory|calendar|event|thread|space|board|sprint|issue|ticket|customer|invoice|product|subscription|currency|country|locale|language|timezone|time zone|format|unit|action|operator|character|flag|switch|subcommand|alias|sequence|procedure|constraint|trigger|rule|policy|group|team|organization|workspace'
const things = `(?:${thing})(?:s|\\(s\\))?(?: (?:code|name|id|value|type))?`
/** Parts of a schema, whose names are as fixed as it: they tell one fault from another. */
const field = 'parameter|argument|option|field|property|attribute|key|header|value'
/** What follows a noun and is no name. */
const word =
  '(?!(?:is|was|are|were|be|been|has|had|have|does|do|did|not|no|names?|types?|ids?|values?|keys?|of|in|on|at|to|for|from|with|and|or|the|a|an|that|this|which|you|it|must|may|might|can|cannot|could|should|would|will|already|errors?|data|path|file|list|access|info|format|definition|limit|count|size|length|parameters?|arguments?|field|column|table|user|project|resource|version|state|status|exists|found|required|missing|invalid)(?![\\p{L}\\d_]))'
const identifier = '[\\p{L}_][\\p{L}\\d_.$-]*'
/** One with more than letters in it. */
const compound = `(?=[\\p{L}\\d_.$:-]*[_.\\d-])[\\p{L}_][\\p{L}\\d_.$:-]*[\\p{L}\\d_]`
const verb =
  "(?:is|was|are|were|not|does|has|had|already|cannot|could|doesn't|isn't|exists|may|must|lacks|requires)(?![\\p{L}\\d_])"

const rule = (source: string, flags = 'giu') => new RegExp(source, flags)

/** Names that stand without quotes, where the words around them leave nothing else. */
const rules: [RegExp, string][] = [
  [
    rule(
      `\\b(no such (?:${thing})|(?:duplicate|ambiguous) (?:${thing}|${field})(?: name)?): ?${identifier}`,
    ),
    `$1: ${blank}`,
  ],
  [
    rule(
      `\\b((?:invalid|undefined|unsupported|illegal) ${things}|(?:unknown|unrecogni[sz]ed|unexpected) (?:${things}|(?:${field})(?:\\(s\\))?)) ?: [\\p{L}\\d_$:/-]*[\\p{L}\\d_](?=[.,;)\\]}]|$)`,
      'gimu',
    ),
    `$1: ${blank}`,
  ],
  [
    rule(`\\b((?:specified|given|requested|provided|selected) (?:${thing})): \\S+$`, 'gimu'),
    `$1: ${blank}`,
  ],
  [rule(`\\b(${thing}): ${compound}`), `$1: ${blank}`],
  [rule(`\\b(${thing}|${field}) ${compound}`), `$1 ${blank}`],
  [
    rule(`\\b(${thing}|${field}) ${word}[\\p{L}\\d_.-]+(?:\\([^()\\n]{0,100}\\))? (?=${verb})`),
    `$1 ${blank} `,
  ],
  [
    rule(
      `\\b((?:for|für|pour|on|of|sur)(?: la| le)? (?:table|relation|schema|sequence|view|function|database|procedure|column|tabelle|spalte|funktion|datenbank|sicht|sequenz|vue|fonction|séquence|schéma|colonne)) (?!["'\`“„«»]|is\\b|of\\b)[\\p{L}\\d_.$-]+`,
    ),
    `$1 ${blank}`,
  ],
  [
    /\b(with name|named|called|by the name of) (?!is\b|not\b|to\b).{1,120}?(?= (?:not found|does not|already|is not|was not|could not|cannot|exists)\b)/gi,
    `$1 ${blank}`,
  ],
  [
    /\b(for|named) (?!the\b|this\b|that\b|a\b)[\w.:-]+ (?=does not exist|not found|already exists|was not found)/gi,
    `$1 ${blank} `,
  ],
  [
    / \([a-z][\w.-]{0,60}\) (?=could not|not found|does not|is not|was not|already)/gi,
    ` ${blank} `,
  ],
  [
    /\b(denied (?:to|for)) (?!the\b|this\b|database\b|table\b|relation\b|schema\b|function\b|user\b|create\b|access\b)[\w.-]*[\w-]/gi,
    `$1 ${blank}`,
  ],
  [/\b(not authorized on) \S+/gi, `$1 ${blank}`],
  [/(?<![\w&])[#@$][\p{L}_][\p{L}\d_.-]*/gu, blank],
  [
    rule(
      `\\b((?:unknown|no such|unrecogni[sz]ed|(?:cannot|can't|could not|couldn't|unable to|failed to) [a-z]+(?: the| a)?) (?:${thing})) ${word}[\\p{L}\\d_.:-]*[\\p{L}\\d_](?=[.,;:)\\]}]| (?:because|since|as|in|from|while|at|on|to)\\b|$)`,
      'gimu',
    ),
    `$1 ${blank}`,
  ],
  [
    rule(
      `\\b(not found|does not exist|doesn't exist|already exists|not available|not recogni[sz]ed|not defined|not installed|not registered): (?![^\\n]*(?:not|missing|required|must|error|failed|denied|invalid|expected)\\b)[^\\s.,;:]+(?: [^\\s.,;:]+){0,2}$`,
      'gimu',
    ),
    `$1: ${blank}`,
  ],
  [rule(`\\b(in|from|to|on|of|for|by|with|as|at|into) ${word}${compound}`), `$1 ${blank}`],
  [rule(`\\b(between) (?=\\S*[_.\\d-])\\S+ and \\S+`), `$1 ${blank} and ${blank}`],
  [
    rule(
      `(?<=\\w*Error: )${word}${identifier} (?=(?:is|was|are|does|has|could|can) ?n(?:ot|'t)\\b)`,
      'gu',
    ),
    `${blank} `,
  ],
  [/\b(did you mean)[: ]+[^\n?.]{1,80}/gi, `$1 ${blank}`],
  [/^([a-z_\d]{2,16}) \S+ (?=E[A-Z]{3,14}$)/gm, `$1 ${blank} `],
  // Databases: what a constraint is about, and the statement.
  [
    /\b(constraint failed|is locked|is not unique|locked by): [\w.]+(?:, ?[\w.]+)*/gi,
    `$1: ${blank}`,
  ],
  [/\([\p{L}\d_", ]{1,100}\)=(?:\([^)\n]*\))?/gu, `${blank}=${blank}`],
  [/^(LINE|ZEILE|LIGNE|LÍNEA|RIGA|行) ?\d+ ?: .*$/gm, `$1 ${blank}`],
  [/\[(SQL|parameters): [^\]\n]*\]/g, `$1 ${blank}`],
  [/\b(resolved to) <.*$/gm, `$1 ${blank}`],
  // Git, shells and logs.
  [
    /\b(on branch|the current branch|branch) (?!is\b|was\b|has\b|not\b|name\b|and\b|or\b|to\b|you\b)[\w./-]+/gi,
    `$1 ${blank}`,
  ],
  [/(\[rejected\]|\[remote rejected\])\s+\S+ -> \S+/g, `$1 ${blank}`],
  [
    /\b(refspec|(?:modified|deleted|added|renamed) in|Version) (?!is\b|of\b|not\b|the\b)(?=\S+ (?:does|left|of|and|in|matches)|\S+\.)[\w/-]+/g,
    `$1 ${blank}`,
  ],
  [/^(merge): \S+ (?=- )/gm, `$1: ${blank} `],
  [
    /^(Command failed|cmdline|Command): (?!exit|signal|timed? ?out|not\b|permission|no such)\S.*$/gim,
    `$1: ${blank}`,
  ],
  [
    /^(Query|SQL|Statement): (?=(?:select|insert|update|delete|create|alter|drop|with|begin|call|merge|truncate|explain|set|grant|copy|db\.)\b).*$/gim,
    `$1: ${blank}`,
  ],
  [/\bCommand '.*' (?=returned|timed|failed|died)/g, `Command ${blank} `],
  [/(\/bin\/\w+|\bsh|bash|zsh): (?:line )?\d+: [\w./-]+(?=: )/g, `$1: ${blank}: ${blank}`],
  [/^[EWIF]\d{4} [\d:.]+ +\d+ \S+\]/gm, blank],
]

/** Puts a blank in place of names without quotes. */
export const blankNames = (text: string): string => apply(text, rules)
