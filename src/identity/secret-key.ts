import { hkdfSync, randomUUID } from 'node:crypto'
import { chmod, chown, link, mkdir, open, readFile, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '#src/config.ts'
import { newSecret } from '#src/lib/ids.ts'

type Settings = Pick<Config, 'secretKey' | 'dataDir'>

const charsMin = 32
const held = new WeakMap<Settings, Promise<Uint8Array>>()

/**
 * The key of 256 bits that encrypts signing keys, from `MCP_OBS_SECRET_KEY`, else from the file
 * `secret-key` of the data directory, which is made when it is first asked for. Throws a sentence
 * for the log where that can't be; the next one who asks tries again.
 */
export function encryptionKey(config: Settings): Promise<Uint8Array> {
  const known = held.get(config)
  if (known) return known
  const key = readSecret(config).then(derive)
  held.set(config, key)
  key.catch(() => held.delete(config))
  return key
}

/** HKDF (RFC 5869): what it is for is said, so that another purpose gets another key. */
const derive = (secret: string) =>
  new Uint8Array(hkdfSync('sha256', secret, '', 'mcp-obs signing keys', 32))

async function readSecret({ secretKey, dataDir }: Settings): Promise<string> {
  if (secretKey !== undefined) return secretKey
  const path = join(dataDir, 'secret-key')
  try {
    const secret = (await readIfThere(path)) ?? (await make(dataDir, path))
    if (secret.length >= charsMin) return secret
  } catch (error) {
    throw unusable(path, (error as NodeJS.ErrnoException).code ?? 'unknown')
  }
  throw unusable(path, 'it is too short')
}

/** Of several processes that make it at once, all read the one that was there first. */
async function make(directory: string, path: string): Promise<string> {
  if (await mkdir(directory, { recursive: true })) await chmod(directory, 0o711)
  const draft = `${path}.${randomUUID()}`
  try {
    await write(draft, `${newSecret()}\n`, await stat(directory))
    await link(draft, path).catch(unlessThere)
  } finally {
    await unlink(draft).catch(() => {})
  }
  return (await readFile(path, 'utf8')).trim()
}

/** Root hands it to the account that the directory belongs to, so that a desk of that one reads it. */
async function write(path: string, text: string, owner: { uid: number; gid: number }) {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  if (process.getuid?.() === 0 && owner.uid !== 0) await chown(path, owner.uid, owner.gid)
}

const readIfThere = (path: string): Promise<string | null> =>
  readFile(path, 'utf8').then(
    (text) => text.trim(),
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null
      throw error
    },
  )

function unlessThere(error: NodeJS.ErrnoException) {
  if (error.code !== 'EEXIST') throw error
}

const unusable = (path: string, reason: string) =>
  new Error(
    `The secret key ${path} can't be read or made (${reason}): make it usable to the desk's account, or set MCP_OBS_SECRET_KEY.`,
  )
