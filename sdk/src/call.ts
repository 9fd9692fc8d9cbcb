import type { CapturedCall } from './contract.ts'
import { plainName } from './fit.ts'

/** A call as it is remembered, as cheaply as can be: it is cleaned when a ticket is raised. */
export type SeenCall = Pick<CapturedCall, 'tool' | 'outcome' | 'durationMs'> & {
  startedAt: number
  failure?: KeptFailure
}

export type KeptFailure = {
  /** Of the copy, while there is one. */
  readonly chars: number
  /** Redacted and cut to what one call may take; the copy is gone then. */
  described(): Pick<CapturedCall, 'arguments' | 'error'>
}

/** The call without its failure; nothing where its name is no name. */
export function named({ tool, startedAt, failure: _, ...call }: SeenCall) {
  const name = plainName(tool)
  if (name === undefined) return undefined
  return { tool: name, at: new Date(startedAt).toISOString(), ...call }
}

/** The call as a ticket carries it. */
export function captured(call: SeenCall): CapturedCall | undefined {
  const known = named(call)
  return known && { ...known, ...call.failure?.described() }
}
