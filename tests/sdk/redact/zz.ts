import fc from 'fast-check'
import { createRedactor } from '../../../sdk/src/redact.ts'
import { ownKeys, secretName } from './names.ts'
import { bareSecret, quotedSecret, shapedSecret, simpleSecret, survivors } from './planted.ts'
import { barePositions, edge, filler, quotedPositions, simplePositions } from './positions.ts'

const redactor = createRedactor({ keys: ownKeys })
const n = Number(process.argv[2] ?? 300)
const show = (where: string, input: string, left: string[]) => {
  const out = redactor.text(input)
  console.log(
    `${where}\n   ${JSON.stringify(input)}\n → ${JSON.stringify(out)}${redactor.text(out) !== out ? `\n2→ ${JSON.stringify(redactor.text(out))}` : ''}   ${left}`,
  )
}
for (const [all, planted] of [
  [quotedPositions, quotedSecret],
  [barePositions, bareSecret],
  [simplePositions, simpleSecret],
] as const)
  for (const [where, at] of Object.entries(all)) {
    const r = fc.check(
      fc.property(secretName, planted, filler, (name, s, before) => {
        const kept = redactor.text(before + at(name, s.text))
        return survivors(kept, s).length === 0 && redactor.text(kept) === kept
      }),
      { numRuns: n },
    )
    if (r.failed && r.counterexample) {
      const [name, s, b] = r.counterexample
      show(where, b + at(name, s.text), survivors(redactor.text(b + at(name, s.text)), s))
    }
  }
const r = fc.check(
  fc.property(filler, edge, shapedSecret, edge, filler, (b, l, s, e, a) => {
    const kept = redactor.text(b + l + s.text + e + a)
    return survivors(kept, s).length === 0 && redactor.text(kept) === kept
  }),
  { numRuns: n * 20 },
)
if (r.failed && r.counterexample) {
  const [b, l, s, e, a] = r.counterexample
  show('shape', b + l + s.text + e + a, survivors(redactor.text(b + l + s.text + e + a), s))
}
