import pkg from '../../package.json' with { type: 'json' }

/** What the build puts in its place; a program that runs from its source has none. */
declare const builtFromCommit: string

const commit = typeof builtFromCommit === 'string' ? builtFromCommit : 'source'

/** Such as `0.1.0 (abc1234)`, by the commit it was built from, or `0.1.0 (source)`. */
export const version = `${pkg.version} (${commit})`
