export type Totals = { passed: number; failed: number; skipped: number }

/**
 * Reads the summary that `bun test` ends with. A file that can't be loaded is a failure too, and
 * so is a run without tests: a filter that matches nothing proves nothing.
 */
export function totalsOf(output: string, exitCode: number): Totals {
  const summary = Bun.stripANSI(output)
  const passed = lastCount(summary, /^ *(\d+) pass$/gm)
  const failed = lastCount(summary, /^ *(\d+) fail$/gm)
  const skipped = lastCount(summary, /^ *(\d+) skip$/gm)
  const errors = lastCount(summary, /^ *(\d+) errors?$/gm)
  const hidden = exitCode !== 0 || passed === 0 ? 1 : 0
  return { passed, failed: Math.max(failed, errors, hidden), skipped }
}

const lastCount = (text: string, pattern: RegExp) =>
  Number([...text.matchAll(pattern)].at(-1)?.[1] ?? 0)
