import { cpSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cleanUpAfterUs } from '../../cluster.ts'
import { once } from '../../once.ts'

const root = join(import.meta.dir, '../../..')

/** The tarball that `npm pack` makes of `sdk/`: its path. Packed once a process. */
export const packed = (): Promise<string> => once('packed sdk', pack)

/**
 * A directory outside of the checkout in which npm has installed the tarball, and the other
 * packages in exactly these versions: its path. It is an ES module package.
 *
 *     const directory = await installed({ '@modelcontextprotocol/sdk': '1.32.2', zod: '4.6.7' })
 *
 * A version may be whatever npm takes, such as `npm:zod@3.25.76` for a package by another name.
 * Directory and tarball are gone when this process has ended.
 */
export async function installed(packages: Record<string, string> = {}): Promise<string> {
  const directory = openDirectory()
  const dependencies = { '@mcp-obs/sdk': `file:${await packed()}`, ...packages }
  const about = { name: 'somebodys-server', private: true, type: 'module', dependencies }
  await Bun.write(join(directory, 'package.json'), JSON.stringify(about))
  await run(['npm', 'install', '--no-audit', '--no-fund', '--prefer-offline'], directory)
  return directory
}

/** Runs a command to its end and returns what it printed; throws, with all it said, if it fails. */
export async function run(
  command: string[],
  cwd: string,
  env: Record<string, string> = {},
): Promise<{ stdout: string; stderr: string }> {
  const child = Bun.spawn(command, {
    cwd,
    env: { ...clean, ...env },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [stdout, stderr] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ])
  if ((await child.exited) !== 0) throw new Error(`${command.join(' ')}:\n${stdout}\n${stderr}`)
  return { stdout, stderr }
}

/** Without the settings that npx hands down, which are for the package it was started in. */
const clean = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^npm_(package|lifecycle|config_local)/.test(name),
  ),
)

/** In a copy, as several may pack at once, and each build of `dist` begins by removing it. */
async function pack(): Promise<string> {
  const checkout = openDirectory()
  const sdk = join(checkout, 'sdk')
  mkdirSync(sdk)
  for (const name of [
    'package.json',
    'tsconfig.build.json',
    'README.md',
    'LICENSE',
    'NOTICE',
    'src',
  ])
    cpSync(join(root, 'sdk', name), join(sdk, name), { recursive: true })
  cpSync(join(root, 'tsconfig.json'), join(checkout, 'tsconfig.json'))
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'))
  symlinkSync(join(root, 'sdk/node_modules'), join(sdk, 'node_modules'))
  const { stdout } = await run(['npm', 'pack', '--json', '--pack-destination', checkout], sdk)
  const name = /"filename": "([^"]+)"/.exec(stdout)?.[1]
  if (!name) throw new Error(`npm pack printed no file name:\n${stdout}`)
  return join(checkout, name)
}

function openDirectory(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-obs-package-')))
  cleanUpAfterUs(directory)
  return directory
}
