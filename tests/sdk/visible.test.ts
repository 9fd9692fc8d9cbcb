import { expect, test } from 'bun:test'
import { visibleText } from '../../sdk/src/visible.ts'

test('what people read stays as it is', () => {
  const texts = [
    'Use tile size 256.\nMore: https://docuapi.example/limits?a=1&b=2#top',
    'Größe: 5 µm – “naïve” café, 東京, Ελλάδα, हिन्दी, 한국어, עברית',
    '<b>not markup</b> `code` $HOME C:\\temp 100 % 😀 e\u0301',
  ]
  for (const text of texts) expect(visibleText(text)).toBe(text)
})

test('what nobody sees is taken out', () => {
  const unseen = [
    ['\0\u0007\u001b\u007f\u0090', 'controls'],
    ['\u200b\u200c\u200d\u2060\ufeff', 'zero width'],
    ['\u202a\u202b\u202d\u202e\u202c\u2066\u2067\u2068\u2069\u200e\u200f', 'direction'],
    ['\u{e0001}\u{e0041}\u{e0042}\u{e007f}', 'tags'],
    ['\ufe00\ufe0f\u{e0100}\u{e01ef}', 'variation selectors'],
    ['\u00ad\u034f\u061c\u115f\u1160\u17b4\u180e\u3164\uffa0', 'fillers'],
    ['\ue000\u{f0000}\u{10fffd}', 'private use'],
    ['\u0378\uffff\u{1ffff}\ufdd0', 'unassigned'],
    ['\ud800', 'high half'],
    ['\udc00', 'low half'],
    ['\udc00\ud800', 'halves the wrong way round'],
  ]
  for (const [text, kind] of unseen) expect([kind, visibleText(`a${text}b`)]).toEqual([kind, 'ab'])
})

test('half a character does not become one by what goes from between', () => {
  expect(visibleText('a\ud83d\u200b\ude00b')).toBe('ab')
})

test('every line break is one, and every space a plain one', () => {
  expect(visibleText('a\r\nb\rc\u2028d\u2029e\u0085f\vg\fh\ni')).toBe('a\nb\nc\nd\ne\nf\ng\nh\ni')
  expect(visibleText('a\tb\u00a0c\u2003d\u202fe\u3000f\u2800g')).toBe('a b c d e f g')
  expect(visibleText(' \u200b\n\u00a0a \n\u200b ')).toBe('a')
  expect(visibleText('\u200b\n\u2800')).toBe('')
})

test('whatever the text, nothing unseen is left, and doing it twice changes nothing more', () => {
  const pieces = [
    '\ud83d',
    '\ude00',
    '\r',
    '\n',
    '\u200d',
    '\u{e0041}',
    ' ',
    '\u2028',
    'x',
    '\u00a0',
  ]
  let state = 7
  const draw = (below: number) => {
    state = (state * 48271) % 2147483647
    return state % below
  }
  const unit = () =>
    draw(3) ? (pieces[draw(pieces.length)] ?? '') : String.fromCharCode(draw(0x10000))
  for (let run = 0; run < 3000; run++) {
    const text = Array.from({ length: draw(24) }, unit).join('')
    const shown = visibleText(text)
    expect(shown).not.toMatch(/(?!\n)[\p{C}\p{DI}\p{Zl}\p{Zp}]|(?! )\p{Zs}|^\s|\s$/u)
    expect(shown.isWellFormed()).toBe(true)
    expect(visibleText(shown)).toBe(shown)
  }
  for (let code = 0; code <= 0x10ffff; code++) {
    const shown = visibleText(`a${String.fromCodePoint(code)}b`)
    if (/(?![\n\r\v\f\t\u0085])[\p{C}\p{DI}]/u.test(String.fromCodePoint(code)))
      expect(shown).toBe('ab')
  }
})
