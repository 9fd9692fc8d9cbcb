import type { Parameters } from 'fast-check'

/**
 * How often a property is tried; `REDACT_RUNS_FACTOR=100` tries it a hundred times as often. What
 * fails prints its seed and path, which `fc.assert` takes as they are.
 */
export const runs = <T>(count: number): Parameters<T> => ({
  numRuns: Math.ceil(count * Number(process.env.REDACT_RUNS_FACTOR ?? 1)),
})
