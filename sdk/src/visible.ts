const lineBreaks = /\r\n|[\r\v\f\u0085\p{Zl}\p{Zp}]/gu
/** With the tab, and the Braille pattern that has no dots. */
const spaces = /[\t\u2800\p{Zs}]/gu
const unseen = /(?!\n)[\p{C}\p{DI}]/gu

/**
 * Other people's text for a model, of which a person reads the same: without the characters that
 * nobody sees, which can carry an instruction past the one who wrote or checked the text. Control,
 * format, private-use and unassigned characters, lone surrogates and what Unicode lets be ignored
 * (UAX #44, `Default_Ignorable_Code_Point`) go; every line break is `\n`, every space a plain one.
 * Doing it twice changes nothing more.
 */
export const visibleText = (text: string): string =>
  text.replace(lineBreaks, '\n').replace(spaces, ' ').replace(unseen, '').trim()
