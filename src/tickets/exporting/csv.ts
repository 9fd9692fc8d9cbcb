/** Says that the text is UTF-8 to spreadsheets, which guess otherwise. */
const byteOrderMark = '\ufeff'

/** What a spreadsheet would take for a formula; a tab and a line break hide one. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/

type Cell = string | number | Date | null

/** A record of RFC 4180: every field quoted, formulas made text by an apostrophe, ended by CRLF. */
export const csvRecord = (cells: Cell[]): string => `${cells.map(cellOf).join(',')}\r\n`

export const csvHeader = (names: string[]): string => byteOrderMark + csvRecord(names)

function cellOf(cell: Cell): string {
  const text = cell instanceof Date ? cell.toISOString() : String(cell ?? '')
  return `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
}
