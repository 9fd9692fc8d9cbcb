import { shieldAll } from './shield.ts'

/** What stands before a status: the line's beginning, a sign after a word that counts nothing, or a word. */
const carrier =
  '(?:^|(?<!\\b(?:lines?|col(?:umn)?|port|size|length|limit|max(?:imum)?|min(?:imum)?|offset|id|rows?|page|count|bytes|position|char|index|pid|number|timeout|used|requested|remaining|total|after|width|height|duration|elapsed|ms|quota|batch|chunk|version|build|needed|allowed|got|shape|code point)["\']?\\s?)(?::\\s?|=\\s?|→\\s?|->\\s?)["\']?|(?<![\\p{L}\\d])[(["\'>]|\\b(?:returned|got|received|respond(?:ed|s)(?: with)?|replied(?: with)?|with(?: a| an)?|was|a|an|HTTP|response|\\w*error|err|status|server|API|upstream|failed|エラー)\\s|エラー|…\\s)'
const ending =
  '(?=$|[:)\\]"\'.,;<](?!\\d)|\\s*$|\\s[-–(|]|\\s(?!ms\\b|s\\b|bytes|rows|items|char|tokens|[KMG]?B\\b|of\\b|seconds|minutes|records|results|lines|pages|columns|values|times|errors|requests|entries|files|objects|points|px|more|or|and\\b)\\p{L})'

/** What looks like a value and is part of the fault. */
const rules: RegExp[] = [
  // Numbers that a word calls a code: status 404, errno: -2, exit code(1), [WinError 3].
  /\b(?:HTTP(?:\/\d(?:\.\d)?)?|status(?:[ _-]?code)?|(?:sub|error|err|exit|status|response|return|result|grpc|win32)?[ _-]?code|exit(?:ed)?(?: with)? status|errno|WinError|signal|HRESULT|fehlercode|code d'erreur|código(?: de error)?|rc|ret)\b["']?\s{0,2}(?:[:=#(]|is|was|of)?\s{0,2}["'[(]?(?<kept>-?\d{1,6}|0x[\da-f]{4,8})\b(?![.,]\d|\s?(?:ms|bytes|s)\b)/gi,
  /\b(?:error|FEHLER|ERREUR)\b\s{0,2}[:#(]?\s{0,2}[[(]?(?<kept>-?\d{3,6})\b(?![.,]\d|\s?(?:ms|bytes|s)\b)/gi,
  /(?:エラー(?:コード)?|错误代码|错误码|오류 코드)\s?[:：]?\s?(?<kept>-?\d{1,6})(?!\d)/g,
  /\b(?:error|fehler)\s#?(?<kept>\d{1,6})(?=$|[:).,;\]](?!\d))/gim,
  /\b(?:E|ERR|HTTP|STATUS)_\d{3,5}\b/gi,
  // SQLSTATE: five characters, with a digit.
  /(?:\bSQLSTATE\b|\bcode\b|\bERROR|\bFEHLER)["']?\s{0,2}[:=]?\s{0,2}["'[(]?(?<kept>(?=[A-Z]{0,4}\d)[\dA-Z]{5})\b/g,
  /[[(](?<kept>(?=\d{0,4}[A-Z])(?=[A-Z]{0,4}\d)[\dA-Z]{5})[\])]/g,
  // A status with its reason, or by itself.
  /(?<![\w.,:/#-]|(?:^|\s)(?:line|column|port|limit|max|of|than|to)\s)(?<kept>[1-5]\d\d)(?= (?:\([A-Z])?[A-Z][a-z])/g,
  new RegExp(`${carrier}(?<kept>[45]\\d\\d)${ending}`, 'gimu'),
  // JSON-RPC.
  /(?<![\w.])-32[0-7]\d\d\b/g,
  // Codes of products: E11000, ORA-00942, AADSTS70043, TS2345, P2002.
  /\b(?:ORA|TNS|PLS|SP2|DPI|ERR|NU|DPY)-\d{3,5}\b/g,
  /\b[A-Z]{1,8}\d{3,6}\b(?![-_]\w)/g,
  /\b[A-Z][A-Z\d]{0,15}(?:_[A-Z]{2,20}){1,6}\b/g,
  // Names of things that end in a number.
  /\b(?:utf-?(?:8|16)|base(?:32|64)(?:url)?|sha-?(?:1|224|256|384|512)|md5|oauth ?2(?:\.[01])?|http\/?[123](?:\.[01])?|json-?rpc 2(?:\.0)?|s3|ec2|d1|r2|k8s|ipv?[46]|x-?509|[ehrp]s(?:256|384|512)|win32|x64|x86(?:_64)?|amd64|arm64|u?int(?:8|16|32|64)|float(?:32|64)|2fa|mp[34]|h26[45]|tls ?1(?:\.[0-3])?|zod ?[34]|log4j|neo4j|p12|pkcs\d{1,2}|rfc ?\d{3,4}|iso[ -]?\d{4}|latin-?1|i18n|v[1-9](?=[\s.,;:)]|$))\b/gi,
]

/** A type that a value should have or has: it names the fault, also in quotes. */
const types =
  /(?<!\bvalue )["'`](?<kept>string|number|integer|boolean|bool|object|array|null|undefined|float|int|str|list|dict|NoneType)["'`]/g

/** A word of an API in quotes, such as `invalid_grant`. */
const named =
  /["'`](?<kept>[a-z]+(?:_[a-z]+){0,5}_(?:exception|error|failed|failure|denied|found|exceeded|expired|required|invalid|missing|unavailable|unsupported|exists|mismatch|timeout|limited|disabled|revoked|blocked|rejected|pending|conflict|grant|client|scope|token|request|response|params?)|(?:invalid|missing|expired|insufficient|unknown|unsupported|unauthorized|rate|access|not|too|no|already)_[a-z_]{2,40}|[A-Za-z.]{1,60}(?:Exception|Error)|[A-Z]+(?:_[A-Z]+)+)["'`]/g

/** The same behind what it is a word of: `status: "failed"`. */
const worded =
  /\b(?:status|state|type|code|reason)["']?\s?[:=]\s?["'`](?<kept>[a-z]+(?:[_-][a-z]+){0,5})["'`]/gi

/** The field, claim or header of a fixed schema that is missing or wrong, in quotes. */
const fields = [
  /(?<!\b(?:column|table|relation|user|role|database|index|function|entity|project|file|key) )["'`](?<kept>[a-z][a-z_]{0,30})["'`](?= (?:\([A-Z]\w+\) |claim\b|header\b|is a required|is required|was(?:n['’]t| not) supplied|field required|must\b|should\b|is missing|cannot be|can't be|is not allowed))/gi,
  /\b(?:missing|required)\b(?![^"'`\n]*(?:positional|check))[^"'`\n]{0,40}["'`](?<kept>[a-z][\w-]{0,30})["'`]/gi,
  /(?<=^|[\s(])["'`](?<kept>[^\p{L}\d\s"'`…])["'`]/gu,
  /\((?:reading|setting|evaluating) ["'`](?<kept>[\w$]{1,40})["'`]\)/g,
  /\b(?:invalid|missing|unknown|unsupported) ["'`](?<kept>[a-z]{1,30})["'`](?= [a-z])/gi,
  /\b(?:quota|limit|budget|allowance|metric|rate|capacity) (?:[a-z]+ ){0,2}["'`](?<kept>[a-z]+(?: [a-z]+){0,6})["'`]/gi,
  /\b(?:value|input|type|format|argument|data) (?:for|of) (?:the )?(?:(?:field|parameter|property|argument|key) )?["'`](?<kept>[a-z][a-z_]{0,30})["'`]/gi,
  /\b(?:for the field|header|claim|in) ["'`](?<kept>[a-z]{1,30}(?: (?:list|clause|statement))?)["'`]/gi,
]

/** Shields codes: they are what tells one fault from another. */
export const shieldCodes = (text: string): string =>
  [...rules, types, named, worded, ...fields].reduce(shieldAll, text)
