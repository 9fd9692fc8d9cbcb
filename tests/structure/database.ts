import { below, codeOf, importsOf, type Rule, using, within } from './sources.ts'

/** Where requests arrive and answers leave: they call verbs and queries, and run none themselves. */
const mouths = (path: string): boolean =>
  within(path, 'src/lib/', 'src/web/', 'src/cli/', 'src/app.ts', 'src/main.ts', 'src/config.ts') ||
  /\/(routes|router|who)\.tsx?$/.test(path) ||
  path.startsWith('views/')

const handleNames = ['handle', 'Handle', 'Tx', 'inScope', 'unscoped', 'scopeTo', 'takeToken']
const packages = /^(drizzle-orm|postgres|lucia)(\/|$)/

export const onlyVerbsTakeAHandle: Rule = (tree) =>
  below(tree, 'src/', 'views/')
    .filter(({ path }) => mouths(path))
    .flatMap((source) =>
      importsOf(source).flatMap(({ to, names, typeOnly }) => {
        if (packages.test(to)) return [`${source.path} imports ${to}`]
        if (!to.startsWith('src/db/')) return []
        const all = names.some(({ name }) => name === '*')
        const schema = to === 'src/db/schema.ts' && !typeOnly
        const taken = names.filter(({ name }) => handleNames.includes(name))
        return all || schema || taken.length > 0
          ? [`${source.path} takes a database handle from ${to}`]
          : []
      }),
    )

/** `database[handle]` is how `scope.ts` runs queries; everybody else goes through it. */
export const theHandleStaysInDb: Rule = (tree) =>
  below(tree, 'src/', 'views/', 'sdk/')
    .filter(({ path }) => !path.startsWith('src/db/'))
    .flatMap((source) =>
      importsOf(source)
        .filter(({ to, names }) => to === 'src/db/database.ts' && names.some(takesHandle))
        .map(() => `${source.path} imports the handle`),
    )

const takesHandle = ({ name, typeOnly }: { name: string; typeOnly: boolean }) =>
  !typeOnly && (name === 'handle' || name === '*')

/** Drivers and their pools are opened in `db/`; lucia is known to `staff/` alone, SMTP to `mail/`. */
export const driversStayHome: Rule = (tree) =>
  below(tree, 'src/', 'views/').flatMap((source) =>
    importsOf(source)
      .filter(
        ({ to, typeOnly }) =>
          (/^postgres(\/|$)/.test(to) && !source.path.startsWith('src/db/')) ||
          (/^drizzle-orm\/postgres-js/.test(to) && !source.path.startsWith('src/db/')) ||
          (to === 'nodemailer' && !source.path.startsWith('src/mail/')) ||
          (to === 'lucia' && !source.path.startsWith('src/staff/') && !typeOnly),
      )
      .map(({ to }) => `${source.path} imports ${to}`),
  )

/** Who may run queries outside of an organization, and why. */
export const unscopedCallers: Record<string, string[]> = {
  'src/db/health.ts': ['health'],
  'src/demo/queries.ts': ['operator'],
  'src/organizations/queries.ts': ['membership', 'operator', 'server address', 'sweep'],
  'src/staff/attempts.ts': ['attempt'],
  'src/staff/creating.ts': ['operator'],
  'src/staff/invitations/accepting.ts': ['invitation'],
  'src/staff/invitations/queries.ts': ['invitation'],
  'src/staff/lucia.ts': ['session'],
  'src/staff/password/changing.ts': ['password'],
  'src/staff/password/queries.ts': ['password'],
  'src/staff/password/requesting.ts': ['password'],
  'src/staff/password/resetting.ts': ['operator', 'password'],
  'src/staff/profile/ending.ts': ['session'],
  'src/staff/profile/queries.ts': ['session'],
  'src/staff/profile/renaming.ts': ['profile'],
  'src/staff/queries.ts': ['operator'],
  'src/staff/sweeping.ts': ['sweep'],
  'src/staff/setup/opening.ts': ['set-up'],
  'src/staff/setup/queries.ts': ['set-up'],
  'src/staff/signing-in.ts': ['sign-in'],
}

/** Who may open an organization: by membership, by a server's address, by being the operator. */
export const scopeMakers = ['src/organizations/creating.ts', 'src/organizations/queries.ts']

const call = /(?<!function )\bunscoped\s*\(/g
const named = /(?<!function )\bunscoped\s*\(\s*[\w.]+,\s*"([^"]+)"/g

export const unscopedHasNamedCallers: Rule = (tree) => {
  const found = new Map<string, string[]>()
  const violations: string[] = []
  for (const source of below(tree, 'src/', 'views/')) {
    const code = codeOf(source)
    const reasons = [...code.matchAll(named)].map(([, reason = '']) => reason)
    if (reasons.length !== [...code.matchAll(call)].length)
      violations.push(`${source.path} calls unscoped without a written reason`)
    if (reasons.length > 0) found.set(source.path, [...new Set(reasons)].sort())
    if (imports(source, 'unscoped') && reasons.length === 0)
      violations.push(`${source.path} imports unscoped and hands it on`)
  }
  for (const path of new Set([...found.keys(), ...Object.keys(unscopedCallers)])) {
    const [said, listed] = [found.get(path) ?? [], unscopedCallers[path] ?? []]
    if (said.join() !== listed.join())
      violations.push(`${path} says [${said}] to unscoped, and is listed with [${listed}]`)
  }
  return violations
}

export const scopesAreMadeByFew: Rule = (tree) => {
  const makers = below(tree, 'src/', 'views/')
    .filter((source) => imports(source, 'scopeTo'))
    .map(({ path }) => path)
  return [
    ...makers.filter((path) => !scopeMakers.includes(path)).map((path) => `${path} makes a scope`),
    ...scopeMakers
      .filter((path) => !makers.includes(path))
      .map((path) => `${path} is listed and makes no scope`),
  ]
}

/** By its name, under another, or with the whole module. */
const imports = (source: Parameters<typeof importsOf>[0], wanted: string): boolean =>
  importsOf(source).some(
    ({ to, names }) =>
      to === 'src/db/scope.ts' && names.some(({ name }) => name === wanted || name === '*'),
  )

export const rawSqlStaysInDb: Rule = (tree) =>
  using(below(tree, 'src/', 'views/'), /\bsql\.raw\b|\.unsafe\s*\(/)
    .filter((path) => !path.startsWith('src/db/'))
    .map((path) => `${path} writes raw SQL`)
