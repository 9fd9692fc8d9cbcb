import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from '#tests/run/chromium.ts'

/** The last that runs on Node 20. */
const version = '12.8.2'

type Report = {
  categories: Record<string, { title: string; score: number }>
  audits: Record<string, { displayValue?: string; score: number | null; title: string }>
}

/** What Lighthouse says of some pages on a phone, as lines of a table. Installs it for the moment. */
export async function auditPages(origin: string, cookie: string, paths: string[]): Promise<string> {
  const chromium = findChromium()
  if (!chromium.ok) throw new Error(chromium.problem)
  const directory = mkdtempSync(join(tmpdir(), 'mcp-obs-lighthouse-'))
  const run = async (command: string[]) => {
    const process = Bun.spawn(command, {
      cwd: directory,
      env: { ...Bun.env, CHROME_PATH: chromium.path },
      stdout: 'pipe',
      stderr: 'pipe',
    })
    const [said, wrong] = await Promise.all([
      new Response(process.stdout).text(),
      new Response(process.stderr).text(),
    ])
    if ((await process.exited) !== 0) throw new Error(wrong.slice(-500))
    return said
  }
  try {
    await run(['npm', 'install', '--no-audit', '--no-fund', `lighthouse@${version}`])
    const lines = [
      '| page | scores | paint | shift | blocked | below 1 |',
      '| --- | --- | --- | --- | --- | --- |',
    ]
    for (const path of paths) {
      const report: Report = JSON.parse(
        await run([
          'node_modules/.bin/lighthouse',
          origin + path,
          '--quiet',
          '--output=json',
          '--only-categories=performance,accessibility,best-practices',
          `--extra-headers=${JSON.stringify({ cookie })}`,
          `--chrome-flags=--headless --no-sandbox --disable-gpu --user-data-dir=${directory}/profile`,
        ]),
      )
      const { categories, audits } = report
      const scores = Object.values(categories).map(({ title, score }) => `${title} ${score * 100}`)
      const value = (name: string) => audits[name]?.displayValue ?? ''
      const low = Object.entries(audits)
        .filter(([, { score }]) => score !== null && score < 0.9)
        .map(([name]) => name)
      const figures = ['largest-contentful-paint', 'cumulative-layout-shift', 'total-blocking-time']
      const cells = [path, scores.join(', '), ...figures.map(value), low.join(', ')]
      lines.push(`| ${cells.join(' | ')} |`)
    }
    return lines.join('\n')
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
