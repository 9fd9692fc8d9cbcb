import fc from 'fast-check'

type Position = (name: string, secret: string) => string
const json = JSON.stringify
/** As forms send it. */
const url = (text: string) => encodeURIComponent(text).replaceAll("'", '%27')

/** Where a value of any signs can stand beside its name, quoted or encoded. */
export const quotedPositions: Record<string, Position> = {
  JSON: (name, secret) => json({ page: 2, [name]: secret, author: 'alex' }),
  'JSON, spread over lines': (name, secret) => json({ [name]: secret, page: 2 }, null, 2),
  'JSON in JSON': (name, secret) => json({ body: json({ [name]: secret, page: 2 }) }),
  'JSON in JSON in JSON': (name, secret) =>
    json({ a: json({ body: json({ [name]: secret, page: 2 }) }) }),
  'JSON inside a list': (name, secret) => json([{ [name]: [secret, 'x'] }, 2]),
  'JSON inside an object': (name, secret) => json({ [name]: { a: { b: secret } }, c: 1 }),
  'JSON in JSON, inside a list': (name, secret) => json(json({ [name]: ['x', secret], c: 1 })),
  'a name and its value': (name, secret) => json({ name, value: secret }),
  'a value and its name': (name, secret) => json({ value: secret, name }),
  'a command line in JSON': (name, secret) => json(['run', `--${name}`, secret, '-v']),
  YAML: (name, secret) => `a: 1\n${name}: ${json(secret)}\nb: 2`,
  'YAML in single quotes': (name, secret) =>
    `a: 1\n${name}: '${secret.replaceAll("'", "''").replace(/[\\\n]/g, ' ')}'\nb: 2`,
  'a Python dictionary': (name, secret) =>
    `{'${name}': '${secret.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}', 'n': 1}`,
  'bytes of Python': (name, secret) =>
    `${name}=b'${secret.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`,
  'a Ruby hash': (name, secret) => `{:n=>1, "${name}"=>${json(secret)}}`,
  'an environment variable': (name, secret) => `export ${name}=${json(secret)} && run`,
  'CSV with JSON in it': (name, secret) =>
    `1,"${json({ [name]: secret.replaceAll('"', '') }).replaceAll('"', '""')}",x`,
  'a quoted flag': (name, secret) => `login --${name} ${json(secret)} --verbose`,
  'a form, encoded': (name, secret) => `page=2&${url(name)}=${url(secret)}&author=alex`,
  'a form, encoded twice': (name, secret) => url(`page=2&${url(name)}=${url(secret)}&author=alex`),
  'a list of parameters': (name, secret) => `user[${name}]=${url(secret)}&page=2`,
  'a list of parameters, encoded': (name, secret) =>
    `user${url('[')}${name}${url(']')}=${url(secret)}&page=2`,
  'JSON, encoded': (name, secret) => url(json({ a: 1, [name]: secret.replaceAll('"', '') })),
  'a stack trace': (name, secret) =>
    `Error: refused ${json({ [name]: secret })}\n    at run (/app/src/index.ts:12:34)`,
  'an assignment': (name, secret) => `config["${name}"] = ${json(secret)};`,
  'a comparison': (name, secret) => `if (${name} === ${json(secret)}) run()`,
}

/** Where a value ends at the next white space, or a sign of what is around it. */
export const barePositions: Record<string, Position> = {
  'a pair': (name, secret) => `${name}=${secret}`,
  'pairs on a line': (name, secret) => `a=1 ${name}=${secret} b=2`,
  'a header': (name, secret) => `Host: a.example\r\n${name}: ${secret}\r\nAccept: */*`,
  'a header of curl': (name, secret) => `curl -H "${name}: ${secret}" https://a.example`,
  'a query': (name, secret) => `GET /x?page=2&${name}=${secret}&y=1 HTTP/1.1`,
  'a flag': (name, secret) => `login --${name} ${secret} --verbose`,
  'a flag with its value': (name, secret) => `login --${name}=${secret} --verbose`,
  'prose in brackets': (name, secret) => `It says (${name}: ${secret}), and stops.`,
  'an error': (name, secret) => `401 Unauthorized: ${name}=${secret}`,
  'a log line': (name, secret) => `2026-01-02T03:04:05Z WARN ${name}=${secret} status=401`,
  'a table of spaces': (name, secret) => `${name}     =     ${secret}`,
  'a block of YAML': (name, secret) => `a: 1\n${name}: |\n    ${secret}\nb: 2`,
  'full-width signs': (name, secret) => `设置：${name}：${secret} 完`,
  'a list of Python': (name, secret) => `['run', '--${name}', '${secret}']`,
}

/** Where fewer signs can stand. */
export const simplePositions: Record<string, Position> = {
  'an element': (name, secret) => `<a><${name}>${secret}</${name}></a>`,
  'an element with attributes': (name, secret) => `<ns:${name} Type="x">${secret}</ns:${name}>`,
  'an element of CDATA': (name, secret) => `<${name}><![CDATA[${secret}]]></${name}>`,
  'an escaped element': (name, secret) => `&lt;${name}&gt;${secret}&lt;/${name}&gt;`,
  'an element in JSON of Go': (name, secret) => `"\\u003c${name}\\u003e${secret}\\u003c/a\\u003e"`,
  'a field of HTML': (name, secret) => `<input name="${name}" value="${secret}">`,
  'a next line': (name, secret) => `${name}:\n  ${secret}\nb: 2`,
}

const edges = [...'\n\t "\'`()[]{}<>,;:|/\\=&#*_-.!?…–“”«»']
const strange = [
  'é',
  '漢字',
  '😀',
  '\u200b',
  '\u00a0',
  '\u2028',
  '\ufeff',
  '٣',
  'ß',
  '\\n',
  '\\"',
  '%20',
]

/** What stands right beside a secret that is known by its looks. */
export const edge = fc.constantFrom('', ...edges, ...strange)
export const filler = fc.constantFrom('', 'It failed: ', 'author: alex, ', '{"a":1} ', 'x y z ')
