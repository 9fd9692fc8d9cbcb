import { below, importsOf, type Rule, type Source, using, within } from './sources.ts'

/** The desk shares with the SDK what travels between them, and how it is cleaned. */
const shared = ['contract', 'cut', 'limits', 'redact', 'visible'].map(
  (name) => `sdk/src/${name}.ts`,
)

/** The demo runs an MCP server of its own, which takes the SDK as anybody's does: whole. */
const runByDemo = (path: string, to: string) =>
  path === 'src/demo/docuapi.ts' && to === 'sdk/src/index.ts'

/** The pages preview the tools as the SDK makes them. */
const previewed = (path: string, to: string) =>
  path === 'src/servers/preview.ts' && ['tool', 'check-tool'].includes(nameOf(to))
const nameOf = (path: string) => path.replace('sdk/src/', '').replace('.ts', '')

/** The desk asks an issuer as the servers that trust it do. */
const asking = ['address', 'algorithms', 'discovery', 'document']
const asked = (path: string, to: string) =>
  within(path, 'src/identity/') && asking.some((name) => to === `sdk/src/verify/${name}.ts`)

export const deskTakesTheContractOnly: Rule = (tree) =>
  below(tree, 'src/', 'views/').flatMap((source) =>
    importsOf(source)
      .filter(({ to }) => to.startsWith('sdk/') && !shared.includes(to))
      .filter(
        ({ to }) =>
          !runByDemo(source.path, to) && !previewed(source.path, to) && !asked(source.path, to),
      )
      .map(({ to }) => `${source.path} imports ${to}`),
  )

/** The package runs without the desk; its examples use it as its users do, by its name. */
export const sdkStandsAlone: Rule = (tree) =>
  below(tree, 'sdk/').flatMap((source) => {
    const home = source.path.startsWith('sdk/src/') ? 'sdk/src/' : 'sdk/examples/'
    return importsOf(source)
      .filter(({ to }) => /^(src|views|tests|sdk|public)\//.test(to) && !to.startsWith(home))
      .map(({ to }) => `${source.path} imports ${to}`)
  })

/** The build puts this one package into this one module. */
const bundled = ({ path }: Source, to: string) =>
  path === 'sdk/src/trpc.ts' && to === '@trpc/client'

/** What the SDK loads, it asks for or brings along: it is installed where nothing of ours is. */
export const sdkLoadsWhatItListsOnly: Rule = (tree) => {
  const manifest = tree.find(({ path }) => path === 'sdk/package.json')
  const { dependencies = {} } = JSON.parse(manifest?.text ?? '{}')
  const listed = Object.keys(dependencies)
  return below(tree, 'sdk/src/').flatMap((source) =>
    importsOf(source)
      .filter(({ to, typeOnly }) => !typeOnly && !to.startsWith('sdk/') && !to.startsWith('node:'))
      .filter(({ to }) => !listed.some((name) => to === name || to.startsWith(`${name}/`)))
      .filter(({ to }) => !bundled(source, to))
      .map(({ to }) => `${source.path} loads ${to}`),
  )
}

/** One file parses the settings, one hands the environment to it; a third is text for others to paste. */
export const settingsAreParsedOnce: Rule = (tree) =>
  using(below(tree, 'src/', 'views/', 'sdk/src/'), /\b(process|Bun|import\.meta)\s*\.\s*env\b/)
    .filter(
      (path) => !within(path, 'src/main.ts', 'src/config.ts', 'src/servers/connect/snippets.ts'),
    )
    .map((path) => `${path} reads the environment`)

export const nothingIsDefault: Rule = (tree) =>
  using(below(tree, 'src/', 'views/', 'sdk/'), /^\s*export\s+default\b|\bas\s+default\b/m).map(
    (path) => `${path} has a default export`,
  )

/** Markup is made by the JSX runtime, sent by `render.tsx`, and never asserted to be markup. */
export const markupHasOneMaker: Rule = (tree) => {
  const program = below(tree, 'src/', 'views/')
  const runtime = 'src/lib/html/jsx-runtime.ts'
  return [
    ...using(program, /\bnew\s+Html\b|\bclass\s+Html\b/)
      .filter((path) => path !== runtime)
      .map((path) => `${path} makes markup`),
    ...program
      .filter(
        ({ path, text }) =>
          path !== runtime && /\bas\s+(never|any|(unknown as )?Html)\b/.test(text),
      )
      .filter(({ path }) => !path.startsWith('src/lib/'))
      .map(({ path }) => `${path} asserts a type it can’t prove`),
    ...using(program, /["']content-type["']\s*:\s*["'`]text\/html/i)
      .filter((path) => path !== 'src/web/render.tsx')
      .map((path) => `${path} sends a page of its own`),
    ...program
      .filter((source) => importsOf(source).some(({ to }) => to.startsWith('@kitajs/')))
      .filter(({ path }) => path !== runtime)
      .map(({ path }) => `${path} imports another JSX runtime`),
  ]
}

/** What runs in the browser turns no text into markup or code. */
export const scriptsMakeNoMarkup: Rule = (tree) =>
  using(
    below(tree, 'public/'),
    /\b(innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|setHTML\w*|srcdoc|eval|Function)\b|\bdocument\.write/,
  ).map((path) => `${path} turns text into markup or code`)

/** A route that is not in the map does not exist: only `mount.ts` knows how to make one. */
export const routesStandInTheMap: Rule = (tree) =>
  below(tree, 'src/', 'views/').flatMap((source) =>
    importsOf(source).flatMap(({ to, names, typeOnly }) => {
      const takes = (wanted: string) =>
        !typeOnly && names.some(({ name, typeOnly: type }) => !type && [wanted, '*'].includes(name))
      if (/^(elysia|@elysiajs\/)/.test(to) && source.path !== 'src/web/mount.ts')
        return [`${source.path} imports ${to}`]
      if (to === 'src/web/route.ts' && takes('route') && source.path !== 'src/app.ts')
        return [`${source.path} makes a route`]
      if (to === 'src/web/mount.ts' && source.path !== 'src/app.ts')
        return [`${source.path} mounts routes`]
      return []
    }),
  )

/** No second door: the one server is the one that `serve` starts. Beside it runs the demo's. */
export const oneServerListens: Rule = (tree) =>
  using(
    below(tree, 'src/', 'views/'),
    /\bBun\.(serve|listen)\b|\.listen\s*\(|\bcreateServer\s*\(\s*\(/,
  )
    .filter((path) => !within(path, 'src/cli/serve.ts', 'src/demo/http.ts', 'src/db/embedded/'))
    .map((path) => `${path} listens`)
