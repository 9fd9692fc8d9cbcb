import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { shipped } from './files.ts'

type Bytes = Uint8Array<ArrayBuffer>
/** `gzip` is the same body, smaller; what is compressed as it is has none. */
type Asset = { type: string; body: Bytes; gzip: Bytes | null }

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}
const folder = shipped('public')
const names = new Map<string, string>()
const assets = new Map<string, Asset>()

// Styles last: they name other files.
const isStyle = (name: string) => name.endsWith('.css')
const found = readdirSync(folder).sort((a, b) => Number(isStyle(a)) - Number(isStyle(b)))
for (const name of found) {
  const extension = extname(name)
  const type = types[extension]
  if (!type) continue
  const read = readFileSync(join(folder, name))
  const body = new Uint8Array(isStyle(name) ? Buffer.from(withUrls(read.toString())) : read)
  const version = createHash('sha256').update(body).digest('hex').slice(0, 10)
  const versioned = `${name.slice(0, -extension.length)}.${version}${extension}`
  const gzip = extension === '.woff2' ? null : new Uint8Array(gzipSync(body))
  names.set(name, versioned)
  assets.set(versioned, { type, body, gzip })
}

/** A style sheet's `url("inter.woff2")` is the address of that file. */
function withUrls(css: string): string {
  return css.replace(/url\("([\w.-]+)"\)/g, (_, name) => `url("${assetUrl(name)}")`)
}

/** Address of a file of `public/`; it changes with the content, so it may be kept for ever. */
export function assetUrl(name: string): string {
  const versioned = names.get(name)
  if (!versioned) throw new Error(`public/${name} does not exist`)
  return `/assets/${versioned}`
}

/** The file that `assetUrl` gave this name. */
export const assetAt = (versioned: string): Asset | undefined => assets.get(versioned)
