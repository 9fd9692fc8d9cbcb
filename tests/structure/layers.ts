import { importsOf, type Rule, type Source, within } from './sources.ts'

/** From the ground up: a layer imports from itself and from those before it. */
export const layers =
  'config lib db web mail organizations staff identity servers tickets causes analytics intake demo app cli main'.split(
    ' ',
  )

export const layerOf = (path: string): string => path.split('/')[1]?.replace(/\.tsx?$/, '') ?? ''

/** Types point downward too: what a lower layer names of a higher one, it knows of it. */
export const importsPointDownward: Rule = (tree) =>
  tree
    .filter(({ path }) => path.startsWith('src/'))
    .flatMap(({ path, text }) => {
      const layer = layers.indexOf(layerOf(path))
      if (layer < 0) return [`${path} is in no layer`]
      return importsOf({ path, text })
        .filter(({ to }) => to.startsWith('src/') && layers.indexOf(layerOf(to)) > layer)
        .map(({ to }) => `${path} imports ${to}, which is above it`)
    })

/** The settings are a leaf: all may read them, they know of nobody. */
export const configIsALeaf: Rule = (tree) =>
  tree
    .filter(({ path }) => path === 'src/config.ts')
    .flatMap(({ path, text }) =>
      importsOf({ path, text })
        .filter(({ to }) => /^(src|views|sdk|tests)\//.test(to))
        .map(({ to }) => `${path} imports ${to}`),
    )

/** Pages are drawn in the routes, the frame around them and `web/render.tsx`. The program knows of no test. */
export const onlyRoutesDrawViews: Rule = (tree) =>
  tree
    .filter(({ path }) => path.startsWith('src/') || path.startsWith('sdk/'))
    .flatMap((source) =>
      importsOf(source)
        .filter(
          ({ to }) =>
            to.startsWith('tests/') ||
            (to.startsWith('views/') && !/\/(routes|frame|render)\.tsx$/.test(source.path)),
        )
        .map(({ to }) => `${source.path} imports ${to}`),
    )

/**
 * Views are given data. What they import by value, and what that imports in turn, is a view, a
 * leaf, or the vocabulary of a feature: never anything that could reach the database.
 */
export const viewsReachNoData: Rule = (tree) => {
  const sources = new Map(tree.map((source) => [source.path, source]))
  return tree
    .filter(({ path }) => path.startsWith('views/'))
    .flatMap((view) =>
      reached(view, sources)
        .filter((to) => !inert(to))
        .map((to) => `${view.path} reaches ${to}`),
    )
}

const inert = (to: string): boolean =>
  within(to, 'views/', 'src/lib/', 'sdk/src/limits.ts', 'sdk/src/visible.ts', 'zod') ||
  (/^src\/[\w-]+\/[\w-]+\.ts$/.test(to) && !within(to, 'src/db/', 'src/web/'))

/** Everything a file loads when it runs, itself left out; packages as they are named. */
function reached(start: Source, sources: Map<string, Source>): string[] {
  const seen = new Set<string>()
  const visit = (source: Source) => {
    for (const { to, typeOnly } of importsOf(source)) {
      if (typeOnly || seen.has(to)) continue
      seen.add(to)
      const next = sources.get(to)
      // `lib` is trusted as a leaf: it may use node, and imports nothing above it.
      if (next && !to.startsWith('src/lib/')) visit(next)
    }
  }
  visit(start)
  return [...seen]
}
