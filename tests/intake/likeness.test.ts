import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { isAlike } from '#src/intake/likeness.ts'

const alike: [string, string][] = [
  ['CSV export of large reports fails with 504', 'CSV export fails'],
  ['CSV export of large reports fails with 504', 'CSV export of large reports fails'],
  ['CSV export of large reports fails with 504', 'csv exports of large report failing'],
  ['Search fails', 'SEARCH FAILS!'],
  ['Search fails', 'Search failed'],
  ['“Search” – fails…', 'search fails'],
  ['Search fails since this morning', 'Search fails'],
  ['Can’t log in', "can't log in"],
  ['Can’t log in with my work account', 'Can’t log in'],
  ['Straße wird nicht gefunden', 'STRASSE WIRD NICHT GEFUNDEN'],
  ['Café closes', 'Cafe\u0301 closes'],
  ['ＣＳＶ export fails', 'CSV export fails'],
  ['Search\u200b fa\u00adils', 'Search fails'],
  ['Export', 'export.'],
  ['レポートのエクスポートが失敗する', 'エクスポートが失敗する'],
  ['无法登录系统，提示错误 403', '无法登录系统'],
  ['Не работает экспорт отчётов в CSV', 'Не работает экспорт отчётов'],
  ['لا يعمل تصدير التقارير الكبيرة', 'لا يعمل تصدير التقارير'],
  ['ไม่สามารถเข้าสู่ระบบได้วันนี้', 'ไม่สามารถเข้าสู่ระบบ'],
  ['대용량 보고서 내보내기 실패', '보고서 내보내기 실패'],
  ['???', ' ??? '],
  ['Search | fails', 'Search fails'],
  ['#1 problem: search', '1 problem – search'],
  ['C# build fails in the pipeline', 'C# build fails'],
  ['Price in $ is wrong', 'price in $ is wrong!'],
  ['-1 is shown as total', 'Total: -1 is shown as total'],
]

const different: [string, string][] = [
  ['Search fails', 'Upload fails'],
  ['CSV export fails', 'PDF export fails'],
  ['Search fails', 'Search works'],
  ['I can log in', 'I cannot log in'],
  ['I can log in', 'I can not log in'],
  ['I can log in', "I can't log in"],
  ['User can log in', 'User can never log in'],
  ['Export with headers', 'Export without headers'],
  ['Able to save the report', 'Not able to save the report'],
  ['Export of order 123 fails', 'Export of order 124 fails'],
  ['Export fails with 504', 'Export fails with 503'],
  ['Crash since v1.2', 'Crash since v1.2.3'],
  ['Copy from Drive to Docs fails', 'Copy from Docs to Drive fails'],
  ['Invoice export for March fails', 'Invoice export for April fails'],
  ['Export fails after login', 'Login fails'],
  ['Help', 'Help with my export'],
  ['Export fails', 'The export of all the reports of our customers fails on Mondays'],
  ['ログインできる', 'ログインできない'],
  ['この設定で保存できます', 'この設定で保存できません'],
  ['可以登录系统', '不可以登录系统'],
  ['Вход работает', 'Вход не работает'],
  ['Anmelden geht', 'Anmelden geht nicht'],
  ['La recherche marche', 'La recherche ne marche pas'],
  ['로그인이 됩니다', '로그인이 안 됩니다'],
  ['!!!', '???'],
  ['C# fails', 'C++ fails'],
  ['C# build fails', 'C build fails'],
  ['+1 works', '-1 works'],
  ['Total is -1', 'Total is 1'],
  ['Price in $', 'Price in €'],
  ['a > b', 'a < b'],
  ['Discount is 10', 'Discount is 10%'],
  ['Sync works', 'Sync hardly works'],
  ['Login works', 'Login stopped works'],
  ['Login works', 'Login works only once'],
  ['Card was charged', 'Card was charged twice'],
  ['Invoice is wrong', 'Invoice 1043 is wrong'],
  ['Invoice 1042 is wrong', 'Invoice 1043 is wrong'],
  ['Report for Q2 is empty', 'Report is empty'],
  ['Anmelden geht', 'Anmelden geht kaum'],
  ['Karte wurde belastet', 'Karte wurde doppelt belastet'],
  ['La recherche marche', 'La recherche marche rarement'],
  ['La carte est débitée', 'La carte est débitée deux fois'],
]

describe('two titles', () => {
  test.each(alike)('say the same: %j, %j', (one, other) => {
    expect([isAlike(one, other), isAlike(other, one)]).toEqual([true, true])
  })

  test.each(different)('say something else: %j, %j', (one, other) => {
    expect([isAlike(one, other), isAlike(other, one)]).toEqual([false, false])
  })
})

const nouns = [
  'search',
  'login',
  'upload',
  'report',
  'invoice',
  '検索',
  'поиск',
  'بحث',
  '504',
  'exports',
]
const words = fc.uniqueArray(fc.constantFrom(...nouns, 'broken', 'slow', 'page', 'team', 'today'), {
  minLength: 3,
  maxLength: 12,
})
const anyTitle = fc.string({ unit: 'grapheme', maxLength: 200 })

describe('any title', () => {
  test('is like itself, however it is written', () => {
    fc.assert(
      fc.property(anyTitle, (title) => {
        expect(isAlike(title, title)).toBe(true)
        expect(isAlike(title, ` ${title.normalize('NFD')} `)).toBe(true)
      }),
    )
  })

  test('is as like another as that is like it', () => {
    fc.assert(
      fc.property(anyTitle, anyTitle, (one, other) => {
        expect(isAlike(one, other)).toBe(isAlike(other, one))
      }),
    )
  })

  test('is like what is left of it when words are left out, down to a third of it', () => {
    fc.assert(
      fc.property(words, fc.nat(), (title, kept) => {
        const rest = title.filter((_, n) => (kept >> n) % 2 === 1)
        const isEnough = rest.length >= 2 && rest.length * 3 >= title.length
        expect(isAlike(title.join(' '), rest.join(', ').toUpperCase())).toBe(isEnough)
      }),
    )
  })

  test('is not like one in which a word is another, nor one with a “not” more', () => {
    fc.assert(
      fc.property(words, fc.nat(), (title, n) => {
        const at = n % title.length
        const [before, after] = [title.slice(0, at), title.slice(at + 1)]
        const text = title.join(' ')
        expect(isAlike(text, [...before, 'folder', ...after].join(' '))).toBe(false)
        expect(isAlike(text, [...before, 'not', title[at], ...after].join(' '))).toBe(false)
      }),
    )
  })
})
