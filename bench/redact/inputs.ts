export const typical = {
  prose: 'The user opened document 12 and searched it for invoices, but the answer was empty. ',
  JSON: '{"page":2,"author":"alex","items":[{"id":"b1946ac9","title":"Minutes","size":1024}]},',
  'a stack trace': '    at Object.search (/app/node_modules/docs/dist/index.js:1204:17)\n',
  'a log': '2026-01-02T03:04:05.678Z INFO request_id=4711 GET /v1/items?page=2 200 12ms\n',
  YAML: 'server:\n  host: api.example\n  port: 8080\n  retries: 3\n',
  'text full of secrets': 'password=hunter2 {"apiKey":"x1"} Authorization: Bearer abcdef123456\n',
}

const marked: [string, string][] =
  `eyJ eyJ- eyJ. a:// a: a:b@ password= password=" password=' password=[
  password={" "a":" '\\" \\ \\\\" <a> &lt;a&gt; <password> --a_ --token_" sk- aA1- ghp_a1
  -----BEGIN_PRIVATE_KEY----- -----END_PRIVATE_KEY----- - Bearer_ Bearer_a1 4_ 4111_ 41 %20 %3D a%3D
  password%3D password%253D data:a/b; data:a/b;base64, ?key= [redacted cookie: cookie:_a="b a. = A __
  tokentoken password:¶ password:¶_a password:_|¶ -u_ -u_a: -u_"a: "--token", value: "value":"a",
  "name":"key","value": name:key,value: api_key:_ 密码： ) ' "password":["a", <Buffer_00 a%3A%2F%2Fb
  passphrase:_a_`
    .split(/\s+/)
    .map((unit) => [unit, unit.replaceAll('_', ' ').replaceAll('¶', '\n')])

/** What patterns begin with, over and over; `_` is a space, `¶` a line break. */
export const hostile = Object.fromEntries(
  marked.map(([name, unit]) => [`\`${name.replaceAll('`', '')}\``, unit]),
)
