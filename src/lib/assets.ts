import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { shipped } from './files.ts'

type Asset = { body: Uint8Array<ArrayBuffer>; type: string }

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}
const folder = shipped('public')
const names = new Map<string, string>()
const assets = new Map<string, Asset>()

for (const name of readdirSync(folder)) {
  const extension = extname(name)
  const type = types[extension]
  if (!type) continue
  const body = new Uint8Array(readFileSync(join(folder, name)))
  const version = createHash('sha256').update(body).digest('hex').slice(0, 10)
  const versioned = `${name.slice(0, -extension.length)}.${version}${extension}`
  names.set(name, versioned)
  assets.set(versioned, { body, type })
}

/** Address of a file of `public/`; it changes with the content, so it may be kept for ever. */
export function assetUrl(name: string): string {
  const versioned = names.get(name)
  if (!versioned) throw new Error(`public/${name} does not exist`)
  return `/assets/${versioned}`
}

/** The file that `assetUrl` gave this name. */
export const assetAt = (versioned: string): Asset | undefined => assets.get(versioned)
