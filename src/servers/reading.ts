import { z } from 'zod'
import { limits } from '#sdk/limits.ts'
import { visibleText } from '#sdk/visible.ts'
import { isResource } from '#src/identity/authorization/resource.ts'
import { slugProblem } from '#src/lib/slug.ts'
import { storable } from '#src/lib/text.ts'
import { type FieldProblems, nameField, parseForm } from '#src/staff/forms.ts'
import { usualClaims } from './defaults.ts'
import { categoriesOf, chosenSlug } from './form.ts'
import { settingLimits as max } from './limits.ts'
import { resourceProblem, type ServerSettings } from './settings.ts'

const missing = { error: 'Fill this in.' }
const line = (charsMax: number, read = storable) =>
  z
    .string(missing)
    .transform((text) => read(text).trim())
    .pipe(
      z
        .string()
        .min(1, missing)
        .max(charsMax, `Use at most ${charsMax} characters.`)
        .regex(/^\P{Cc}*$/u, 'Write it on one line.'),
    )

const description = z
  .string()
  .default('')
  .transform(visibleText)
  .pipe(
    z
      .string()
      .max(max.toolDescriptionCharsMax, `Use at most ${max.toolDescriptionCharsMax} characters.`),
  )

const { categoryCharsMax } = limits
const categories = z
  .string()
  .default('')
  .transform(categoriesOf)
  .pipe(
    z
      .array(z.string().max(categoryCharsMax, `Use at most ${categoryCharsMax} characters a line.`))
      .max(max.categoriesMax, `Use at most ${max.categoriesMax} categories, Other included.`),
  )

const checkbox = z
  .literal('on')
  .optional()
  .catch(undefined)
  .transform((on) => on === 'on')

const common = {
  name: nameField,
  support: checkbox,
  check: checkbox,
  title: line(max.toolTitleCharsMax, visibleText),
  description,
  categories,
  context: z.enum(['off', 'call', 'recent'], 'Choose what goes with a ticket.'),
}
const issuer = line(max.issuerCharsMax).pipe(
  z.url({
    protocol: /^https?$/,
    error: 'This is not a web address, such as https://login.acme.example.',
  }),
)
/** A claim by its name (RFC 7519 4), which may be an address; left empty, the usual one. */
const claim = (usual: string) =>
  z
    .string()
    .default('')
    .transform((text) => storable(text).trim() || usual)
    .pipe(
      z
        .string()
        .max(max.claimCharsMax, `Use at most ${max.claimCharsMax} characters.`)
        .regex(/^\P{Cc}*$/u, 'Write it on one line.'),
    )
const byNone = z.object({ ...common, auth: z.literal('none') })
const byIssuer = z.object({
  ...common,
  auth: z.literal('external'),
  issuer,
  audience: line(max.issuerCharsMax),
  emailClaim: claim(usualClaims.email),
  nameClaim: claim(usualClaims.name),
})
/** Left empty, tokens for any resource are issued. */
const resource = z
  .string()
  .default('')
  .transform((text) => storable(text).trim() || undefined)
  .pipe(
    z
      .string()
      .max(max.issuerCharsMax, `Use at most ${max.issuerCharsMax} characters.`)
      .refine(isResource, resourceProblem)
      .optional(),
  )
const byDesk = z.object({ ...common, auth: z.literal('platform'), resource })
const settings = z.discriminatedUnion(
  'auth',
  [byNone, byIssuer, byDesk],
  'Choose how users are known.',
)

type Read<T> = { ok: true; data: T } | { ok: false; problems: FieldProblems }

/** The settings, or a sentence for each field that is wrong. */
export function readSettings(sent: Record<string, string>): Read<ServerSettings> {
  const read = parseForm(settings, sent)
  if (!read.ok || read.data.auth !== 'platform') return read
  const { resource, ...data } = read.data
  return { ok: true, data: { ...data, audience: resource } }
}

/** The same of a new server, whose slug is made of its name where none is typed. */
export function readNewServer(
  sent: Record<string, string>,
): Read<ServerSettings & { slug: string }> {
  const read = readSettings(sent)
  const slug = chosenSlug(sent)
  const wrong = slugProblem(slug)
  if (!wrong) return read.ok ? { ok: true, data: { ...read.data, slug } } : read
  const problems = read.ok ? {} : read.problems
  if (!sent.slug?.trim() && problems.name) return { ok: false, problems }
  return { ok: false, problems: { ...problems, slug: slugSentence(sent, wrong) } }
}

const slugSentence = (sent: Record<string, string>, wrong: string) =>
  sent.slug?.trim()
    ? `The slug ${wrong}.`
    : `No address can be made of this name: type one. A slug ${wrong}.`
