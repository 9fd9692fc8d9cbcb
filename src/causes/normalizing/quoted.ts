import { blank } from './blank.ts'

/** Of all kinds of quotes; a quote within a word is an apostrophe. */
const quoted = [
  /"(?:[^"\\\n]|\\.){0,2000}"/g,
  /`[^`\n]{0,2000}`/g,
  /[“„”][^“”„\n]{0,2000}[“”]/g,
  /»[^«»\n]{0,2000}«|«[^«»\n]{0,2000}»/g,
  /「[^「」\n]{0,2000}」|『[^『』\n]{0,2000}』/g,
  /(?<![\p{L}\d])[‘‚‹][^‘’‚‹›\n]{0,2000}[’‘›]/gu,
  /(?<![a-zà-ÿ\d\ue000-\ue07f])'[^'\n]{0,2000}'(?![a-zà-ÿ\d])/giu,
]

const shielded = /^.[\ue000-\ue07f]+(?: [\ue000-\ue07f]+){0,6}.$/

/** Puts a blank in place of what stands in quotes, unless it is a word that has to stay. */
export const blankQuoted = (text: string): string =>
  quoted.reduce(
    (left, rule) => left.replace(rule, (all) => (shielded.test(all) ? all.slice(1, -1) : blank)),
    text,
  )

/** A list or value in brackets within a sentence: "no such index [books]". */
const bracketed =
  /(?<=[\p{L}…,:] )\[(?!\{|[^\]]*(?:Error|Exception)|[\ue000-\ue07f]+\])[^[\]\n]{1,200}\](?!:)/gu

/** Puts a blank in place of what stands in brackets within a sentence. */
export const blankBracketed = (text: string): string => text.replace(bracketed, blank)
