import { posix } from 'node:path'
import { Glob } from 'bun'

/** A file of the tree, or one that a test plants. */
export type Source = { path: string; text: string }

/** A rule of the house: reads the whole tree, answers one sentence a violation. */
export type Rule = (tree: Source[]) => string[]

export type Import = {
  /** Path within the repository, or the package's specifier as it is. */
  to: string
  /** `import type …`: gone when the program runs. */
  typeOnly: boolean
  names: { name: string; typeOnly: boolean; as: string }[]
}

const folders = ['src', 'views', 'sdk', 'public', 'tests'].join(',')
const root = posix.join(import.meta.dir, '../..')

export async function readTree(): Promise<Source[]> {
  const paths = [...new Glob(`{${folders}}/**/*.{ts,tsx,js}`).scanSync(root), 'sdk/package.json']
  return Promise.all(
    paths
      .filter((path) => !/node_modules|^sdk\/dist\/|\.min\.js$/.test(path))
      .sort()
      .map(async (path) => ({ path, text: await read(path) })),
  )
}

/** Without the line that names the interpreter, which the transpiler takes for code. */
const read = async (path: string) =>
  (await Bun.file(posix.join(root, path)).text()).replace(/^#!.*/, '')

const from = /^[ \t]*(?:import|export)\s+(type\s+)?(?:([\w$\s{},*]+?)\s+from\s+)?(['"])(.+?)\3/gm
const inline = /\b(?:import|require)\s*\(\s*(['"])(.+?)\1/g

/** Every import and re-export of a file, also those of types and those written as a call. */
export function importsOf({ path, text }: Source): Import[] {
  const statements = [...text.matchAll(from)].map(
    ([, type, clause = '', , specifier = '']): Import => ({
      to: resolve(path, specifier),
      typeOnly: Boolean(type),
      names: namesOf(clause, Boolean(type)),
    }),
  )
  const calls = [...text.matchAll(inline)].map(
    ([, , specifier = '']): Import => ({
      to: resolve(path, specifier),
      typeOnly: false,
      names: namesOf('*', false),
    }),
  )
  return [...statements, ...calls]
}

function namesOf(clause: string, typeOnly: boolean): Import['names'] {
  return clause
    .replace(/[{}]/g, ',')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const [, type, name = '', as = name] =
        /^(type\s+)?([\w$*]+)(?:\s+as\s+([\w$]+))?$/.exec(part) ?? []
      return { name, as, typeOnly: typeOnly || Boolean(type) }
    })
}

const roots: [prefix: string, folder: string][] = [
  ['#src/', 'src/'],
  ['#views/', 'views/'],
  ['#sdk/', 'sdk/src/'],
  ['#tests/', 'tests/'],
  ['#jsx/', 'src/lib/html/'],
]

function resolve(path: string, specifier: string): string {
  for (const [prefix, folder] of roots)
    if (specifier.startsWith(prefix)) return posix.join(folder, specifier.slice(prefix.length))
  if (!specifier.startsWith('.')) return specifier
  return posix.join(posix.dirname(path), specifier)
}

const transpilers = {
  ts: new Bun.Transpiler({ loader: 'ts' }),
  tsx: new Bun.Transpiler({ loader: 'tsx' }),
  js: new Bun.Transpiler({ loader: 'js' }),
}

const transpilerOf = (path: string) =>
  transpilers[path.slice(path.lastIndexOf('.') + 1) as keyof typeof transpilers]

/** What runs: the file without its types and comments. */
export const codeOf = ({ path, text }: Source): string => transpilerOf(path).transformSync(text)

/** What the bundler sees imported, to hold `importsOf` against. React is its guess about JSX. */
export const scannedImports = ({ path, text }: Source): string[] =>
  transpilerOf(path)
    .scanImports(text)
    .filter((found) => !/^react(\/|$)/.test(found.path))
    .map((found) => resolve(path, found.path))

export const within = (path: string, ...places: string[]): boolean =>
  places.some((place) => (place.endsWith('/') ? path.startsWith(place) : path === place))

/** Files below a folder. */
export const below = (tree: Source[], ...places: string[]): Source[] =>
  tree.filter(({ path }) => within(path, ...places))

/** The files where a pattern occurs in what runs. */
export const using = (tree: Source[], pattern: RegExp): string[] =>
  tree
    .filter(({ path }) => !path.endsWith('.json'))
    .filter((source) => pattern.test(codeOf(source)))
    .map(({ path }) => path)
