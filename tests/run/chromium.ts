import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'

export type Found = { ok: true; path: string } | { ok: false; problem: string }

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const macApps = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The Chromium of `CHROMIUM_PATH`, else one on this machine that runs. */
export function findChromium(): Found {
  const { CHROMIUM_PATH: named, PATH = '' } = process.env
  if (named)
    return runs(named)
      ? { ok: true, path: named }
      : { ok: false, problem: `CHROMIUM_PATH names no Chromium that runs: ${named}.` }
  const directories = PATH.split(delimiter).filter(Boolean)
  const onPath = names.flatMap((name) => directories.map((directory) => join(directory, name)))
  const path = [...onPath, ...macApps, chromium.executablePath()].find(runs)
  return path ? { ok: true, path } : { ok: false, problem: 'There is no Chromium here.' }
}

/** As `findChromium`, but installs one where there is none. */
export function provideChromium(): Found {
  const found = findChromium()
  if (found.ok || process.env.CHROMIUM_PATH) return found
  console.log('There is no Chromium here. Installing one for the browser tests, once …')
  for (const install of installers()) {
    const installed = install() ? findChromium() : found
    if (installed.ok) return installed
  }
  return {
    ok: false,
    problem:
      'The browser tests need a Chromium, and none could be installed: install Chromium or Chrome (on Debian as root: apt-get install chromium), or name one in CHROMIUM_PATH.',
  }
}

/** Found by name is not enough: it may lack a library, or be a stub that asks for a snap. */
const runs = (path: string) =>
  existsSync(path) &&
  Bun.spawnSync([path, '--version'], { stdout: 'ignore', stderr: 'ignore', timeout: 20_000 })
    .exitCode === 0

/** Debian's brings the libraries it needs, but takes root; Playwright's is for this user alone. */
function installers(): (() => boolean)[] {
  const isRoot = process.getuid?.() === 0
  return isRoot && Bun.which('apt-get')
    ? [installDebians, installPlaywrights]
    : [installPlaywrights]
}

const installDebians = () =>
  succeeds('apt-get update', ['apt-get', 'update']) &&
  succeeds('apt-get install', [
    ...['apt-get', 'install', '--yes', '--no-install-recommends'],
    ...['chromium', 'fonts-liberation'],
  ])

const installPlaywrights = () => {
  const cli = join(import.meta.dirname, '../../node_modules/playwright-core/cli.js')
  return succeeds('Playwright', [process.execPath, cli, 'install', '--no-shell', 'chromium'])
}

function succeeds(name: string, command: string[]): boolean {
  const { exitCode, stderr } = Bun.spawnSync(command, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'pipe',
  })
  const [reason = `exit code ${exitCode}`] = stderr.toString().match(/^.*\w.*$/m) ?? []
  if (exitCode !== 0) console.log(`${name}: ${reason}`)
  return exitCode === 0
}
