import fc from 'fast-check'
import { wholeBase64 } from '../../../sdk/src/bytes.ts'
import { bound } from '../../../sdk/src/cut.ts'
import { isEmail, plainName, redactedWithin } from '../../../sdk/src/fit.ts'
import { createRedactor } from '../../../sdk/src/redact.ts'
import { harmlessSentences } from './harmless.ts'
import { ownKeys } from './names.ts'
import { shapedSecret } from './planted.ts'
import { barePositions, quotedPositions, simplePositions } from './positions.ts'

/**
 * The regular expressions of the redaction, as the engine is given them: all that run while texts
 * of every kind are redacted.
 */
export function patternsAtWork(): RegExp[] {
  const texts = textsOfAllKinds()
  const seen = new Map<string, RegExp>()
  const { exec } = RegExp.prototype
  RegExp.prototype.exec = function (text) {
    seen.set(String(this), this)
    return exec.call(this, text)
  }
  try {
    redactAll(texts)
  } finally {
    RegExp.prototype.exec = exec
  }
  return [...seen.values()]
}

function textsOfAllKinds(): string[] {
  const positions = { ...quotedPositions, ...barePositions, ...simplePositions }
  return [
    ...harmlessSentences,
    ...Object.values(positions).map((at) => at('recovery_codes', 'x1y2')),
    ...Object.values(positions).map((at) => at('tokens', 'x1y2')),
    ...fc.sample(shapedSecret, { numRuns: 400, seed: 1 }).map(({ text }) => text),
    'password:\n  hunter2\n',
    'Password:\nhunter2',
    'password=`hunter2`',
    ...['%', '%25', '%2525'].flatMap((code) =>
      ['', '22', '27'].map((quote) => `password${code}3D${quote && code + quote}hunter2`),
    ),
    JSON.stringify(Buffer.from('hunter2')),
    '-----END RSA PRIVATE KEY-----',
    `password: ${'x'.repeat(40)}\0… 12 characters cut …\0${'x'.repeat(40)}`,
  ]
}

function redactAll(texts: string[]) {
  const redactor = createRedactor({ keys: ownKeys })
  for (const text of texts) {
    redactor.value({ name: 'Authorization', value: text, [text]: ['-u', text], auth: [text] })
    redactor.value(['X-Api-Key', text, 'Host', text])
    redactedWithin(`${text} ${text}`, 20)
    plainName(text)
  }
  redactor.value(['password', 'email'])
  isEmail('alex@company.com')
  wholeBase64('A'.repeat(3_000))
  redactor.value(bound({ type: 'image', mimeType: 'image/png', data: 'AAAAAAAA' }))
}
