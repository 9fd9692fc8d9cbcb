import { apply, blank } from './blank.ts'

const values: [RegExp, string][] = [
  [
    /(?<![\w/])(?!(?:application|text|image|audio|video|multipart|model|font)\/)[\p{L}\d_.@%-]{1,80}(?:\/(?:[\p{L}\d_.@%+~-]|\([\p{L}\d_-]{1,40}\)){1,80}){1,30}\/?(?::\d+)?/gu,
    blank,
  ],
  // Identifiers: UUIDs, hexadecimal ones, those of vendors, random ones.
  [/(?<!\w)[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}(?!\w)/gi, blank],
  [/(?<!\w)0x[\da-f]+(?!\w)/gi, blank],
  [/(?<!\w)(?=[a-f]{0,40}\d)[\da-f]{7,128}(?!\w)/gi, blank],
  [
    /(?<!\w)[a-z]{1,12}[_-](?:(?:test|live|prod)[_-])?(?=[\w*…-]{0,40}[\dA-Z*…])[\w*…-]{6,200}(?!\w)/g,
    blank,
  ],
  [/(?<!\w)[A-Z][A-Z\d]{1,9}-\d+(?!\w)/g, blank],
  [
    /(?<!\w)(?=[\w-]{0,60}\d)(?=[\w-]{0,60}[A-Za-z])(?=[\w-]{0,60}(?:\d[A-Za-z]|[A-Z]\d))[\w-]{8,512}={0,2}(?!\w)/g,
    blank,
  ],
  [
    /(?<![\p{L}\d_])\p{L}[\p{L}\d]{0,40}(?:[-_.]\p{L}[\p{L}\d]{0,40}){0,6}[-_.]\d[\p{L}\d_.-]*(?<=[\p{L}\d_])/gu,
    blank,
  ],
  // Numbers, however they are grouped, with their units.
  [
    /(?<![\p{L}\d])(?:\d+(?:[.,]\d+)?(?:[mμµnu]?s|ms|min|[mhdw]|[kmgt]i?b?)(?![\p{L}])|\d+(?:\.\d+)?[hms](?=\d)){1,6}/giu,
    blank,
  ],
  [/(?<![\p{L}\d])[-+~]?[$€£¥]?\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+(?:[.,]\d+)?(?!\d)/gu, blank],
  [/[-+~]?[$€£¥]?\d+(?:[.,:]\d+)*/g, blank],
  [
    /…\s?(?:%|°|[€$£¥]|(?:[kmgt]i?b|bytes?|[mμµn]?s|secs?|seconds?|sekunden|secondes|mins?|minutes?|minuten|hours?|h|days?|px|tokens?)(?!\p{L}))/giu,
    blank,
  ],
  // What is glued to a value is a part of it.
  [/[a-zà-ɏ\d_-]*…[a-zà-ɏ\d_…~+-]*/giu, blank],
]

/** Puts a blank in place of ids, numbers and whatever else can be told by how it is written. */
export const blankValues = (text: string): string => apply(text, values)
