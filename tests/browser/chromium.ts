import { type Browser, chromium } from 'playwright-core'
import { findChromium } from '../run/chromium.ts'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Nothing leaves this machine, whatever a page asks for.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1]',
]

/** A headless Chromium with a fresh profile, which is deleted when it is closed. */
export async function launchChromium(): Promise<Browser> {
  const found = findChromium()
  if (!found.ok)
    throw new Error(`${found.problem} bun run test installs one, or name yours in CHROMIUM_PATH.`)
  return chromium.launch({ executablePath: found.path, headless: true, args: flags })
}
